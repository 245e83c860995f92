import type { Account, AccountReference } from '../../domain/account.ts';
import type { Sql } from '../../store/connect.ts';
import type { Services } from '../context.ts';
import {
  accountColumns,
  type DirectoryRow,
  rowColumns,
  type StoredAccount,
  type StoredRow,
  toAccount,
  toDirectoryRow,
} from './row.ts';
import { normalizeTyped, type SearchHit } from './search.ts';

export type { DirectoryRow } from './row.ts';

/** One account as it was last seen; null when it never was. One that has vanished is still known. */
export async function directoryRow(
  { store: { sql } }: Services,
  { panel, accountId }: AccountReference,
): Promise<DirectoryRow | null> {
  const [row] = await sql<StoredRow[]>`
    select ${rowColumns(sql)} from directory as entry where panel = ${panel} and account_id = ${accountId}`;
  return row ? toDirectoryRow(row) : null;
}

/** One account whole, as it was last seen, for when its panel cannot be asked; null when it never was, or its panel has it no more. */
export async function lastSeenAccount(
  { store: { sql } }: Services,
  { panel, accountId }: AccountReference,
): Promise<{ readonly account: Account; readonly seenAt: Date } | null> {
  const [row] = await sql<StoredAccount[]>`
    select ${accountColumns(sql)} from directory as entry
    where panel = ${panel} and account_id = ${accountId} and vanished_at is null`;
  return row ? { account: toAccount(row), seenAt: row.seen_at } : null;
}

/** The accounts that have this e-mail, byte for byte but for its case. */
export async function findByEmail(sql: Sql, email: string, panels: readonly string[]): Promise<readonly SearchHit[]> {
  const wanted = normalizeTyped(email);
  const rows = await sql<StoredRow[]>`
    select ${rowColumns(sql)} from directory as entry
    where lower(email) = ${wanted} and panel = any(${[...panels]}::text[]) and vanished_at is null`;
  return rows
    .filter((row) => row.email.toLowerCase() === wanted)
    .map((row) => ({ row: toDirectoryRow(row), email: row.email }));
}

/** The accounts that are named by this text as a whole: by id, or by username in any case. */
export async function findByName(sql: Sql, text: string, panels: readonly string[]): Promise<readonly DirectoryRow[]> {
  const wanted = text.toWellFormed().replaceAll('\0', '').trim();
  const rows = await sql<StoredRow[]>`
    select ${rowColumns(sql)} from directory as entry
    where (lower(username) = lower(${wanted}) or account_id = ${wanted})
      and panel = any(${[...panels]}::text[]) and vanished_at is null`;
  return rows.map(toDirectoryRow);
}
