import type { Account } from '../../domain/account.ts';
import { money } from '../../domain/money.ts';
import { type BalanceChange, PanelError, type Receipt } from '../panel.ts';
import { ROLES, UNIT } from './fields.ts';
import type { AccountRow, ReceiptRow } from './queries.ts';

/** Eighteen digits always fit PostgreSQL's bigint. Nothing but its own digits names an account: not `01`, not `1.0`, not ` 1`. */
const ID = /^[1-9]\d{0,17}$/;

/** Null for what is no id of a built-in panel. */
export function parseId(accountId: string): bigint | null {
  return ID.test(accountId) ? BigInt(accountId) : null;
}

export function notFound(accountId: string): PanelError {
  return new PanelError('not_found', 'none', `there is no account ${JSON.stringify(accountId)}`);
}

export function toAccount(panel: string, row: AccountRow): Account {
  return {
    panel,
    id: String(row.id),
    email: row.email,
    username: row.username,
    name: row.name,
    status: row.status,
    roles: row.roles,
    administrator: ROLES.some(({ name, administrator }) => administrator && row.roles.includes(name)),
    verified: row.verified,
    balance: money(row.balance_minor, UNIT),
    discordId: null,
    createdAt: row.created_at,
    details: {},
  };
}

export function toBalanceChange(receipt: ReceiptRow): BalanceChange {
  const { balance_before_minor: before, balance_after_minor: after } = receipt;
  if (before === null || after === null) throw new Error('a receipt of a movement holds both balances');
  return { before: money(before, UNIT), after: money(after, UNIT) };
}

/** Null where there is none, and where the change was ruled out before it came. */
export function toReceipt(receipt: ReceiptRow | null): Receipt | null {
  return receipt?.account_id ? { accountId: String(receipt.account_id) } : null;
}

/** What a deletion means, as sentences for the person who is about to press; the balance that goes is told of every panel. */
export const DELETION_SENTENCES: readonly string[] = [
  'The account can no longer be used.',
  'Its e-mail and username stay taken.',
  'Restoring it brings back everything, credits and roles included.',
];
