/** A panel for tests: in memory, with a journal of everything that happened to it, and faults to order. */
import type { Account } from '../../src/domain/account.ts';
import type { Unit } from '../../src/domain/money.ts';
import {
  type Abilities,
  type Panel,
  PanelError,
  type Payment,
  type Server,
  type Voucher,
} from '../../src/panels/panel.ts';
import {
  type ChangingAbility,
  TEST_ABILITIES,
  type TestAbility,
  type TestTraits,
  testAbilities,
} from './test-panel/abilities.ts';
import { createFaults, type Fault } from './test-panel/faults.ts';
import { createPerformer } from './test-panel/perform.ts';
import { insertServer, type NewServer } from './test-panel/servers.ts';
import {
  type CallName,
  insertAccount,
  type JournalEntry,
  type NewAccount,
  storedAccount,
  type TestPanelState,
  toAccount,
} from './test-panel/state.ts';
import { insertVoucher, type NewVoucher } from './test-panel/vouchers.ts';

export type { Fault } from './test-panel/faults.ts';
export type { CallName, JournalEntry } from './test-panel/state.ts';

export interface TestPanelOptions {
  readonly id?: string;
  readonly label?: string;
  /** Thousandths by default, so that a scale mistaken for the built-in panel's shows. */
  readonly unit?: Unit;
  readonly abilities?: readonly TestAbility[];
  /** By default a change acts once by reference, and its receipt can be found at once. */
  readonly traits?: Partial<Record<ChangingAbility, Partial<TestTraits>>>;
  /** Why it has no others. */
  readonly missing?: Panel['missing'];
  /** Whether accounts have one name, as by default, or its parts, which are needed, and a language. */
  readonly names?: 'whole' | 'parts';
  /** Who keeps the credits; the panel by default. */
  readonly creditsBy?: 'panel' | 'house';
  /** What the house may lend it; nothing by default. */
  readonly borrows?: NonNullable<Panel['borrows']>;
  /** Whether changes that have not come yet can be ruled out by their reference; by default they cannot. */
  readonly annuls?: boolean;
  /** Whether the Discord user of an account can be written down; by default only its owner can prove it there. */
  readonly keepsDiscordIds?: boolean;
  readonly now?: () => Date;
}

export interface TestPanel {
  /** What the services get. */
  readonly panel: Panel;
  /** Every effect on the panel, oldest first. */
  readonly journal: readonly JournalEntry[];
  /** Every call that reached the panel, oldest first, the ones that went wrong among them. */
  readonly calls: readonly { readonly name: CallName; readonly accountId: string | null }[];
  /** Lets the next call of this name go wrong, or whichever comes next. Several queue up. */
  failNext(name: CallName | 'any', fault: Fault): void;
  /** Carries out, in order, what timed out as `late`. */
  actLate(): Promise<void>;
  /** An account that the panel has without the bot's doing. */
  add(account: NewAccount): Account;
  /** A server of an account that the panel has without the bot's doing. */
  addServer(accountId: string, server: NewServer): Server;
  /** A voucher that the panel has without the bot's doing. */
  addVoucher(voucher: NewVoucher): Voucher;
  /** Every voucher as the panel holds it now. */
  vouchers(): readonly Voucher[];
  /** A payment of an account, the latest. */
  addPayment(accountId: string, payment: Omit<Payment, 'id'>): Payment;
  /** The owner of an account proves to the panel who they are on Discord. */
  prove(accountId: string, userId: string): void;
  /** The panel itself changes how many servers an account may have. */
  moveLimit(accountId: string, by: number): void;
  /** The servers of an account as the panel holds them now, past all faults. */
  servers(accountId: string): readonly Server[];
  /** The account as the panel holds it now, past all faults. */
  read(accountId: string): Account & { readonly serversSuspended: boolean; readonly password: string | null };
  /** The panel moves a balance by itself. */
  moveBalance(accountId: string, deltaMinor: bigint): void;
  /** Gives or takes an ability. */
  setAbility(ability: TestAbility, present: boolean): void;
  setTraits(ability: ChangingAbility, traits: Partial<TestTraits>): void;
}

export function createTestPanel(options: TestPanelOptions = {}): TestPanel {
  const state: TestPanelState = {
    id: options.id ?? 'test',
    unit: options.unit ?? { code: 'coins', scale: 3 },
    now: options.now ?? (() => new Date()),
    accounts: new Map(),
    vouchers: [],
    vouchersMade: 0,
    journal: [],
    calls: [],
    receipts: new Map(),
    annulled: new Set(),
    steps: new Map(),
  };
  const faults = createFaults<CallName>();
  const performer = createPerformer(state, faults);
  const traits = { ...options.traits };
  const present = new Set<TestAbility>(options.abilities ?? TEST_ABILITIES);
  const panel: { -readonly [Key in keyof Panel]: Panel[Key] } = {
    id: state.id,
    kind: 'test',
    address: null,
    label: options.label ?? 'Test panel',
    rate: null,
    missing: options.missing ?? {},
    ...(options.borrows ? { borrows: options.borrows } : {}),
    probe: (call) => performer.read('probe', null, call, () => ({ product: 'Test', version: '1.0.0', warnings: [] })),
    find: (query, call) =>
      performer.read('find', null, call, () => {
        const matches = (account: Account) =>
          query.by === 'email' ? account.email === query.email.toLowerCase() : account.username === query.username;
        return [...state.accounts.values()].map((stored) => toAccount(state, stored)).filter(matches);
      }),
    get: (accountId, call) =>
      performer.read('get', accountId, call, () => {
        const stored = state.accounts.get(accountId);
        return stored ? toAccount(state, stored) : null;
      }),
    list: ({ after, limit }, call) => performer.read('list', null, call, () => listPage(state, after, limit)),
  };

  function assemble(): void {
    const abilities: Abilities = testAbilities(state, performer, {
      traits: traitsOf(traits),
      creditsBy: options.creditsBy ?? 'panel',
      names: options.names ?? 'whole',
      annuls: options.annuls ?? false,
      keepsDiscordIds: options.keepsDiscordIds ?? false,
    });
    for (const ability of TEST_ABILITIES) {
      if (present.has(ability)) Object.assign(panel, { [ability]: abilities[ability] });
      else delete panel[ability];
    }
  }
  assemble();

  return {
    panel,
    journal: state.journal,
    calls: state.calls,
    failNext: faults.add,
    actLate: faults.actLate,
    add: (account) => toAccount(state, insertAccount(state, account)),
    addServer: (accountId, server) => insertServer(state, accountId, server),
    addVoucher: (voucher) => insertVoucher(state, voucher),
    vouchers: () => state.vouchers.map((voucher) => ({ ...voucher })),
    addPayment(accountId, payment) {
      const { payments } = storedAccount(state, accountId);
      const added = { id: `p-${accountId}-${payments.length + 1}`, ...payment };
      payments.unshift(added);
      return { ...added };
    },
    prove(accountId, userId) {
      storedAccount(state, accountId).discordId = userId;
    },
    moveLimit(accountId, by) {
      const account = storedAccount(state, accountId);
      account.details = { ...account.details, serverLimit: (account.details.serverLimit ?? 0) + by };
    },
    servers: (accountId) => storedAccount(state, accountId).servers.map((server) => ({ ...server })),
    read(accountId) {
      const stored = storedAccount(state, accountId);
      const { serversSuspended, password } = stored;
      return { ...toAccount(state, stored), serversSuspended, password };
    },
    moveBalance(accountId, deltaMinor) {
      storedAccount(state, accountId).balanceMinor += deltaMinor;
      state.journal.push({ reference: null, action: 'outside', step: null, accountId, deltaMinor, at: state.now() });
    },
    setAbility(ability, on) {
      if (on) present.add(ability);
      else present.delete(ability);
      assemble();
    },
    setTraits(ability, changed) {
      traits[ability] = { ...traits[ability], ...changed };
      assemble();
    },
  };
}

function traitsOf(changed: Partial<Record<ChangingAbility, Partial<TestTraits>>>): Record<ChangingAbility, TestTraits> {
  const of = (ability: ChangingAbility): TestTraits => ({
    idempotent: true,
    proof: 'reference',
    settleAfterMs: 0,
    effects: [],
    ...changed[ability],
  });
  return {
    create: of('create'),
    edit: of('edit'),
    credits: of('credits'),
    suspension: of('suspension'),
    deletion: of('deletion'),
    restoration: of('restoration'),
    roles: of('roles'),
    verification: of('verification'),
    notifications: of('notifications'),
    password: of('password'),
    servers: of('servers'),
    serverLimit: of('serverLimit'),
    vouchers: of('vouchers'),
    discordLinks: of('discordLinks'),
  };
}

function listPage(state: TestPanelState, after: string | null, limit: number) {
  const all = [...state.accounts.values()];
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== null && start === 0) throw new PanelError('rejected', 'none', 'there is no such page');
  const page = all.slice(start, start + limit);
  const next = start + limit < all.length ? (page.at(-1)?.id ?? null) : null;
  return { accounts: page.map((stored) => toAccount(state, stored)), next, total: all.length };
}
