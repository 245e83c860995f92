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
  readonly when: (facts: ActionFacts) => boolean;
}

const active = ({ account }: ActionFacts) => account.status === 'active';
const suspended = ({ account }: ActionFacts) => account.status === 'suspended';
const deleted = ({ account }: ActionFacts) => account.status === 'deleted';
const present = (facts: ActionFacts) => !deleted(facts);
const always = () => true;

/**
 * What a card offers, the likeliest first. Permission and ability are those of the command, which a test keeps true: the command
 * asks again when it runs.
 */
export const CARD_ACTIONS: readonly Action[] = [
  {
    command: 'credits add',
    permission: 'credits.grant',
    ability: 'credits',
    style: 'primary',
    answer: 'form',
    when: present,
  },
  {
    command: 'user unsuspend',
    permission: 'accounts.suspend',
    ability: 'suspension',
    style: 'success',
    answer: 'outcome',
    when: suspended,
  },
  {
    command: 'user suspend',
    permission: 'accounts.suspend',
    ability: 'suspension',
    style: 'danger',
    answer: 'form',
    when: active,
  },
  {
    command: 'user restore',
    permission: 'accounts.restore',
    ability: 'restoration',
    style: 'success',
    answer: 'outcome',
    when: deleted,
  },
  {
    command: 'user edit',
    permission: 'accounts.edit',
    ability: 'edit',
    style: 'secondary',
    answer: 'form',
    when: present,
  },
  {
    command: 'user note',
    permission: 'accounts.notes',
    ability: null,
    style: 'secondary',
    answer: 'private',
    when: always,
  },
  {
    command: 'user history',
    permission: 'accounts.view',
    ability: null,
    style: 'secondary',
    answer: 'private',
    when: always,
  },
  {
    command: 'credits history',
    permission: 'credits.view',
    ability: 'credits',
    style: 'secondary',
    answer: 'private',
    when: always,
  },
  {
    command: 'user reveal',
    permission: 'accounts.reveal',
    ability: null,
    style: 'secondary',
    answer: 'private',
    when: always,
  },
  {
    command: 'user show',
    permission: 'accounts.view',
    ability: null,
    style: 'secondary',
    answer: 'public',
    when: ({ staff }) => staff,
  },
  {
    command: 'credits remove',
    permission: 'credits.deduct',
    ability: 'credits',
    style: 'secondary',
    answer: 'form',
    when: present,
  },
  {
    command: 'credits set',
    permission: 'credits.set',
    ability: 'credits',
    style: 'secondary',
    answer: 'form',
    when: present,
  },
  {
    command: 'user role',
    permission: 'accounts.roles',
    ability: 'roles',
    style: 'secondary',
    answer: 'form',
    when: present,
  },
  {
    command: 'user verify',
    permission: 'accounts.verify',
    ability: 'verification',
    style: 'secondary',
    answer: 'outcome',
    when: (facts) => present(facts) && facts.account.verified === false,
  },
  {
    command: 'link set',
    permission: 'links.manage',
    ability: null,
    style: 'secondary',
    answer: 'form',
    when: (facts) => present(facts) && !facts.linked,
  },
  {
    command: 'link remove',
    permission: 'links.manage',
    ability: null,
    style: 'secondary',
    answer: 'outcome',
    when: ({ linked }) => linked,
  },
  {
    command: 'user delete',
    permission: 'accounts.delete',
    ability: 'deletion',
    style: 'danger',
    answer: 'form',
    when: present,
  },
];

/** So many stand as buttons, in two rows; what is left goes into a menu. */
const BUTTONS = 8;

/** The actions that this actor has on this account: the likeliest as buttons, the rest in a *More…* menu. */
export function actionBlocks(facts: ActionFacts, except: ReadonlySet<CardAction> = new Set()): readonly Block[] {
  const offered = CARD_ACTIONS.filter(
    ({ command, permission, ability, when }) =>
      !except.has(command) &&
      facts.permissions.has(permission) &&
      (ability === null || facts.abilities.has(ability)) &&
      when(facts),
  );
  const prominent = offered.slice(0, BUTTONS);
  const rest = offered.slice(BUTTONS);
  const buttons = prominent.map((action) => button(labelOf(action, facts), invocationOf(action, facts), action.style));
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
