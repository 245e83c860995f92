import { type AccountStatus, formatReference } from '../domain/account.ts';
import type { Permission } from '../domain/permission.ts';
import { type CardAction, cardActionLabels } from '../locales/en/actions.ts';
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
  /** A movement of its credits is not known to have happened: until that is settled, no other is taken. */
  readonly creditsRest: boolean;
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
  /** The states of an account in which it makes sense. */
  readonly when: (facts: ActionFacts) => boolean;
}

const active = ({ account }: ActionFacts) => account.status === 'active';
const suspended = ({ account }: ActionFacts) => account.status === 'suspended';
const deleted = ({ account }: ActionFacts) => account.status === 'deleted';
const present = (facts: ActionFacts) => !deleted(facts);
const unlinked = (facts: ActionFacts) => present(facts) && !facts.linked;
const unverified = (facts: ActionFacts) => present(facts) && facts.account.verified === false;
const movable = (facts: ActionFacts) => present(facts) && !facts.creditsRest;
const always = () => true;

function offer(
  command: CardAction,
  permission: Permission,
  ability: string | null,
  rest: Partial<Omit<Action, 'command' | 'permission' | 'ability'>>,
): Action {
  return { command, permission, ability, style: 'secondary', answer: 'form', place: 'button', when: present, ...rest };
}

/**
 * What a card offers, the likeliest first. Permission and ability are those of the command, which a test keeps true: the command
 * asks again when it runs.
 */
export const CARD_ACTIONS: readonly Action[] = [
  offer('credits add', 'credits.grant', 'credits', { style: 'primary', when: movable }),
  offer('user unsuspend', 'accounts.suspend', 'suspension', { style: 'success', answer: 'outcome', when: suspended }),
  offer('user suspend', 'accounts.suspend', 'suspension', { style: 'danger', when: active }),
  offer('user restore', 'accounts.restore', 'restoration', { style: 'success', answer: 'outcome', when: deleted }),
  offer('user edit', 'accounts.edit', 'edit', {}),
  offer('user note', 'accounts.notes', null, { answer: 'private', when: always }),
  offer('user history', 'accounts.view', null, { answer: 'private', when: always }),
  offer('credits history', 'credits.view', 'credits', { answer: 'private', when: always }),
  offer('user reveal', 'accounts.reveal', null, { answer: 'private', when: always }),
  offer('user show', 'accounts.view', null, { answer: 'public', when: ({ staff }) => staff }),
  offer('credits remove', 'credits.deduct', 'credits', { place: 'menu', when: movable }),
  offer('credits set', 'credits.set', 'credits', { place: 'menu', when: movable }),
  offer('user role', 'accounts.roles', 'roles', { place: 'menu' }),
  offer('user verify', 'accounts.verify', 'verification', { place: 'menu', answer: 'outcome', when: unverified }),
  offer('link set', 'links.manage', null, { place: 'menu', when: unlinked }),
  offer('link remove', 'links.manage', null, { place: 'menu', answer: 'outcome', when: ({ linked }) => linked }),
  offer('user delete', 'accounts.delete', 'deletion', { place: 'menu', style: 'danger' }),
];

/** The actions that this actor has on this account: the likeliest as buttons, the rest in a *More…* menu. */
export function actionBlocks(facts: ActionFacts, except: ReadonlySet<CardAction> = new Set()): readonly Block[] {
  const offered = CARD_ACTIONS.filter(
    ({ command, permission, ability, when }) =>
      !except.has(command) &&
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

function labelOf({ command }: Action, { noteCount }: ActionFacts): string {
  const label = cardActionLabels[command];
  return command === 'user note' && noteCount > 0 ? `${label} (${noteCount})` : label;
}

function invocationOf({ command, answer }: Action, { account, staff }: ActionFacts): Invocation {
  const options = { account: formatReference({ panel: account.panel, accountId: account.id }) };
  if (answer !== 'outcome') return run(command, options, answer);
  return run(command, options, staff ? 'public' : 'private');
}
