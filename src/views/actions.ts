import { type AccountStatus, formatReference } from '../domain/account.ts';
import type { Facet } from '../domain/operation.ts';
import type { Permission } from '../domain/permission.ts';
import type { PanelFailure } from '../domain/refusal.ts';
import { type CardAction, cardActionLabels, keepLabel } from '../locales/en/actions.ts';
import { button, buttonRows, run } from './parts.ts';
import type { Block, Button, Invocation, Menu } from './view.ts';

/** What a card's buttons are chosen by. */
export interface ActionFacts {
  readonly account: {
    readonly panel: string;
    readonly id: string;
    readonly status: AccountStatus;
    readonly verified: boolean | null;
  };
  readonly linked: boolean;
  /** Its deletion is scheduled, and can be called off. */
  readonly deletionScheduled: boolean;
  /** Why the panel could not be asked; null where it answers. */
  readonly unread: PanelFailure | null;
  /** What a change is not known to have happened of: until that is settled, no other of that kind is taken. */
  readonly resting: ReadonlySet<Facet | null>;
  readonly noteCount: number;
  /** What this actor may do to this account. */
  readonly permissions: ReadonlySet<Permission>;
  /** What the account's panel can do. */
  readonly abilities: ReadonlySet<string>;
  /** The card stands in a channel marked as staff's, where outcomes are public. */
  readonly staff: boolean;
}

interface Action {
  readonly command: CardAction;
  readonly permission: Permission;
  readonly ability: string | null;
  readonly style: Button['style'];
  /** `outcome`: acts at once, and is answered as outcomes are. */
  readonly answer: 'form' | 'private' | 'public' | 'outcome';
  /** Where it stands: what is done every day is a button. */
  readonly place: 'button' | 'menu';
  /** It can be done while the panel does not answer. */
  readonly withoutPanel: boolean;
  /** What it changes; null for what can be done at any time. */
  readonly facet: Facet | null;
  /** The states of an account in which it makes sense. */
  readonly when: (facts: ActionFacts) => boolean;
}

const deleted = ({ account }: ActionFacts) => account.status === 'deleted';
const present = (facts: ActionFacts) => !deleted(facts);
const unlinked = (facts: ActionFacts) => present(facts) && !facts.linked;
const unverified = (facts: ActionFacts) => present(facts) && facts.account.verified === false;
const reachable = (facts: ActionFacts) => present(facts) && (facts.linked || facts.abilities.has('notifications'));
const ANY_TIME = { when: () => true, withoutPanel: true } as const;

/** While a deletion is scheduled its account is kept or goes; everything else about its status comes after. */
const settled = (facts: ActionFacts) => present(facts) && !facts.deletionScheduled;
const active = (facts: ActionFacts) => settled(facts) && facts.account.status === 'active';
const suspended = (facts: ActionFacts) => settled(facts) && facts.account.status === 'suspended';
const restorable = (facts: ActionFacts) =>
  facts.deletionScheduled || (deleted(facts) && facts.abilities.has('restoration'));

function offer(
  command: CardAction,
  permission: Permission,
  ability: string | null,
  rest: Partial<Omit<Action, 'command' | 'permission' | 'ability'>>,
): Action {
  const usual = {
    style: 'secondary',
    answer: 'form',
    place: 'button',
    withoutPanel: false,
    facet: null,
    when: present,
  } as const;
  return { command, permission, ability, ...usual, ...rest };
}

/**
 * What a card offers, the likeliest first. Permission and ability are those of the command, which a test keeps true: the command
 * asks again when it runs.
 */
export const CARD_ACTIONS: readonly Action[] = [
  offer('credits add', 'credits.grant', 'credits', { style: 'primary', facet: 'credits' }),
  offer('user unsuspend', 'accounts.suspend', 'suspension', {
    style: 'success',
    answer: 'outcome',
    facet: 'status',
    when: suspended,
  }),
  offer('user suspend', 'accounts.suspend', 'suspension', { style: 'danger', facet: 'status', when: active }),
  offer('user restore', 'accounts.restore', 'deletion', {
    style: 'success',
    answer: 'outcome',
    facet: 'status',
    when: restorable,
  }),
  offer('user edit', 'accounts.edit', 'edit', { facet: 'fields' }),
  offer('user note', 'accounts.notes', null, { ...ANY_TIME, answer: 'private' }),
  offer('user history', 'accounts.view', null, { ...ANY_TIME, answer: 'private' }),
  offer('credits history', 'credits.view', 'credits', { ...ANY_TIME, answer: 'private' }),
  offer('user payments', 'accounts.view', 'payments', { answer: 'private', when: () => true }),
  offer('user reveal', 'accounts.reveal', null, { ...ANY_TIME, answer: 'private' }),
  offer('user show', 'accounts.view', null, { answer: 'public', withoutPanel: true, when: ({ staff }) => staff }),
  offer('user servers', 'accounts.view', 'servers', { place: 'menu', answer: 'private' }),
  offer('credits remove', 'credits.deduct', 'credits', { place: 'menu', facet: 'credits' }),
  offer('credits set', 'credits.set', 'credits', { place: 'menu', facet: 'credits' }),
  offer('limit set', 'limits.edit', 'serverLimit', { place: 'menu', facet: 'limit' }),
  offer('user notify', 'notify.send', null, { place: 'menu', when: reachable }),
  offer('user role', 'accounts.roles', 'roles', { place: 'menu', facet: 'roles' }),
  offer('user verify', 'accounts.verify', 'verification', {
    place: 'menu',
    answer: 'outcome',
    facet: 'verification',
    when: unverified,
  }),
  offer('user diagnose', 'accounts.view', null, { ...ANY_TIME, place: 'menu', answer: 'private' }),
  offer('user password', 'accounts.password', 'password', { place: 'menu', facet: 'password' }),
  offer('link set', 'links.manage', null, { place: 'menu', when: unlinked }),
  offer('link remove', 'links.manage', null, { place: 'menu', answer: 'outcome', when: ({ linked }) => linked }),
  offer('user delete', 'accounts.delete', 'deletion', {
    place: 'menu',
    style: 'danger',
    facet: 'status',
    when: settled,
  }),
];

/** The actions that this actor has on this account: the likeliest as buttons, the rest in a *More…* menu. */
export function actionBlocks(facts: ActionFacts, except: ReadonlySet<CardAction> = new Set()): readonly Block[] {
  const offered = CARD_ACTIONS.filter(
    ({ command, permission, ability, withoutPanel, facet, when }) =>
      !except.has(command) &&
      (withoutPanel || facts.unread === null) &&
      (facet === null || !facts.resting.has(facet)) &&
      facts.permissions.has(permission) &&
      (ability === null || facts.abilities.has(ability)) &&
      when(facts),
  );
  const inMenu = offered.filter(({ place }) => place === 'menu');
  // A menu of one would be a button that takes two presses.
  const rest = inMenu.length > 1 ? inMenu : [];
  const buttons = offered
    .filter((action) => !rest.includes(action))
    .map((action) => button(labelOf(action, facts), invocationOf(action, facts), action.style));
  return [...buttonRows(buttons), ...(rest.length > 0 ? [{ kind: 'menu' as const, menu: menuOf(rest, facts) }] : [])];
}

function menuOf(actions: readonly Action[], facts: ActionFacts): Menu {
  return {
    placeholder: 'More…',
    entries: actions.map((action) => ({ label: labelOf(action, facts), action: invocationOf(action, facts) })),
  };
}

function labelOf({ command }: Action, { noteCount, deletionScheduled }: ActionFacts): string {
  if (command === 'user restore' && deletionScheduled) return keepLabel;
  const label = cardActionLabels[command];
  return command === 'user note' && noteCount > 0 ? `${label} (${noteCount})` : label;
}

function invocationOf({ command, answer }: Action, { account, staff }: ActionFacts): Invocation {
  const options = { account: formatReference({ panel: account.panel, accountId: account.id }) };
  if (answer !== 'outcome') return run(command, options, answer);
  return run(command, options, staff ? 'public' : 'private');
}
