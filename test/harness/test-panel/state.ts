import type { Account, AccountDetails, AccountStatus } from '../../../src/domain/account.ts';
import { type Money, money, type Unit } from '../../../src/domain/money.ts';
import {
  type BalanceChange,
  type LimitChange,
  PanelError,
  type Payment,
  type Voucher,
} from '../../../src/panels/panel.ts';
import type { StoredServer } from './servers.ts';

/** Every call of the port, by the name under which a test watches it or lets it go wrong. */
export type ReadName =
  | 'probe'
  | 'find'
  | 'get'
  | 'list'
  | 'roles.choices'
  | 'deletion.preview'
  | 'receipt'
  | 'annul'
  | 'servers.list'
  | 'vouchers.find'
  | 'vouchers.list'
  | 'payments.list';
export type ChangeName =
  | 'create'
  | 'edit'
  | 'credits.add'
  | 'credits.remove'
  | 'credits.set'
  | 'suspend'
  | 'unsuspend'
  | 'delete'
  | 'restore'
  | 'roles.set'
  | 'verify'
  | 'notify'
  | 'password.set'
  | 'server.suspend'
  | 'server.unsuspend'
  | 'limit.add'
  | 'limit.remove'
  | 'limit.set'
  | 'voucher.create'
  | 'voucher.revoke'
  | 'discord.keep';
export type CallName = ReadName | ChangeName;

/** One effect on the panel, written at the moment it happens: what tests hold the bot's own records against. */
export interface JournalEntry {
  /** Null for what the panel did by itself. */
  readonly reference: string | null;
  readonly action: ChangeName | 'outside';
  /** Which step of a change that has several. */
  readonly step: string | null;
  /** Of a voucher, its own id. */
  readonly accountId: string;
  /** How the balance moved, in the smallest part of the unit; null when it did not. */
  readonly deltaMinor: bigint | null;
  readonly at: Date;
}

export interface StoredAccount {
  readonly id: string;
  email: string;
  username: string;
  name: string | null;
  status: AccountStatus;
  roles: readonly string[];
  verified: boolean;
  balanceMinor: bigint;
  discordId: string | null;
  createdAt: Date;
  details: AccountDetails;
  /** In clear, so that tests can compare; the panel tells it to nobody. */
  password: string | null;
  /** Suspending an account of this panel takes two steps; this is the second. */
  serversSuspended: boolean;
  readonly servers: StoredServer[];
  /** The latest first. */
  readonly payments: Payment[];
}

/** What one step did. */
export interface Effected {
  readonly accountId: string;
  readonly balance: BalanceChange | null;
  readonly limit?: LimitChange;
}

/** What the panel holds, and what happened to it. */
export interface TestPanelState {
  readonly id: string;
  readonly unit: Unit;
  readonly now: () => Date;
  readonly accounts: Map<string, StoredAccount>;
  readonly vouchers: Voucher[];
  vouchersMade: number;
  readonly journal: JournalEntry[];
  readonly calls: { readonly name: CallName; readonly accountId: string | null }[];
  /** Whole changes, by reference. */
  readonly receipts: Map<string, Effected & { readonly action: ChangeName }>;
  /** References of changes that must not happen any more. */
  readonly annulled: Set<string>;
  /** Steps, by reference and name, for a panel that acts once by reference. */
  readonly steps: Map<string, Effected>;
}

export const ROLES = [
  { name: 'client', administrator: false },
  { name: 'partner', administrator: false },
  { name: 'root', administrator: true },
] as const;

export function toAccount(
  state: TestPanelState,
  { serversSuspended: _, password: __, payments, servers, balanceMinor, ...account }: StoredAccount,
): Account {
  return {
    ...account,
    details: {
      ...account.details,
      ...(payments.length > 0 ? { payments: payments.length } : {}),
      ...(servers.length > 0 ? countsOf(servers) : {}),
    },
    panel: state.id,
    administrator: ROLES.some((role) => role.administrator && account.roles.includes(role.name)),
    balance: toMoney(state, balanceMinor),
  };
}

function countsOf(servers: readonly StoredServer[]): Pick<AccountDetails, 'servers' | 'suspendedServers'> {
  return { servers: servers.length, suspendedServers: servers.filter(({ status }) => status === 'suspended').length };
}

export function toMoney(state: TestPanelState, minor: bigint): Money {
  return money(minor, state.unit);
}

/** @throws PanelError `not_found`, effect `none`. */
export function storedAccount(state: TestPanelState, accountId: string): StoredAccount {
  const account = state.accounts.get(accountId);
  if (!account) throw new PanelError('not_found', 'none', `there is no account ${JSON.stringify(accountId)}`);
  return account;
}

/** @throws PanelError `not_found`, or `rejected` for a deleted account; effect `none`. */
export function liveAccount(state: TestPanelState, accountId: string): StoredAccount {
  const account = storedAccount(state, accountId);
  if (account.status === 'deleted') throw new PanelError('rejected', 'none', 'the account is deleted');
  return account;
}

export interface NewAccount {
  readonly email: string;
  readonly username: string;
  readonly name?: string | null;
  readonly roles?: readonly string[];
  readonly balanceMinor?: bigint;
  readonly verified?: boolean;
  readonly discordId?: string | null;
  readonly details?: AccountDetails;
}

/** @throws PanelError `conflict`, effect `none`, when the e-mail or the username is taken. */
export function insertAccount(state: TestPanelState, account: NewAccount): StoredAccount {
  assertFree(state, account);
  const inserted: StoredAccount = {
    id: `u-${state.accounts.size + 1}`,
    email: account.email,
    username: account.username,
    name: account.name ?? null,
    status: 'active',
    roles: account.roles ?? [ROLES[0].name],
    verified: account.verified ?? false,
    balanceMinor: account.balanceMinor ?? 0n,
    discordId: account.discordId ?? null,
    createdAt: state.now(),
    details: { serverLimit: 1, ...account.details },
    password: null,
    serversSuspended: false,
    servers: [],
    payments: [],
  };
  state.accounts.set(inserted.id, inserted);
  return inserted;
}

/** @throws PanelError `conflict`, effect `none`, when an account other than `except` has the e-mail or the username. */
export function assertFree(
  state: TestPanelState,
  values: { readonly email?: string; readonly username?: string },
  except?: string,
): void {
  for (const field of ['email', 'username'] as const) {
    const value = values[field]?.toLowerCase();
    for (const account of state.accounts.values()) {
      if (account.id === except || account[field].toLowerCase() !== value) continue;
      throw new PanelError('conflict', 'none', `the ${field} is taken`, { detail: field });
    }
  }
}
