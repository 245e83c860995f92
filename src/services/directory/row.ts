import type { Account, AccountDetails, AccountReference, AccountStatus } from '../../domain/account.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Sql } from '../../store/connect.ts';

/** An account as the directory last saw it, without its e-mail: what a list may show. */
export interface DirectoryRow extends AccountReference {
  readonly username: string;
  readonly name: string | null;
  readonly status: AccountStatus;
  readonly roles: readonly string[];
  readonly administrator: boolean;
  readonly verified: boolean | null;
  readonly balance: Money | null;
  /** The Discord user who is linked to it. */
  readonly linkedTo: string | null;
  readonly createdAt: Date | null;
  readonly seenAt: Date;
}

/** What {@link rowColumns} selects. */
export interface StoredRow {
  readonly panel: string;
  readonly account_id: string;
  readonly email: string;
  readonly username: string;
  readonly name: string | null;
  readonly status: AccountStatus;
  readonly roles: readonly string[];
  readonly administrator: boolean;
  readonly verified: boolean | null;
  readonly balance_minor: bigint | null;
  readonly unit_code: string | null;
  readonly unit_scale: bigint | null;
  readonly created_at: Date | null;
  readonly seen_at: Date;
  readonly linked_to: string | null;
}

/** The columns of {@link StoredRow}, of `directory as entry`. */
export function rowColumns(sql: Sql) {
  return sql`
    entry.panel, entry.account_id, entry.email, entry.username, entry.name, entry.status, entry.roles, entry.administrator,
    entry.verified, entry.balance_minor, entry.unit_code, entry.unit_scale, entry.created_at, entry.seen_at,
    (
      select user_id from links
      where links.panel = entry.panel and links.account_id = entry.account_id and removed_at is null
    ) as linked_to`;
}

export function toDirectoryRow(row: StoredRow): DirectoryRow {
  const { balance_minor: minor, unit_code: code, unit_scale: scale } = row;
  return {
    panel: row.panel,
    accountId: row.account_id,
    username: row.username,
    name: row.name,
    status: row.status,
    roles: row.roles,
    administrator: row.administrator,
    verified: row.verified,
    balance: minor === null || code === null || scale === null ? null : money(minor, { code, scale: Number(scale) }),
    linkedTo: row.linked_to,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}

/** What {@link accountColumns} selects. */
export interface StoredAccount extends StoredRow {
  readonly discord_id: string | null;
  readonly details: AccountDetails;
}

/** The columns of {@link StoredAccount}, of `directory as entry`. */
export function accountColumns(sql: Sql) {
  return sql`${rowColumns(sql)}, entry.discord_id, entry.details`;
}

/** The account itself, as its panel told it. */
export function toAccount(row: StoredAccount): Account {
  const { accountId: id, linkedTo: _, seenAt: __, ...known } = toDirectoryRow(row);
  return { ...known, id, email: row.email, discordId: row.discord_id, details: row.details };
}
