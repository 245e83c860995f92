import type { Sql } from '../../store/connect.ts';
import { type DirectoryRow, rowColumns, type StoredRow, toDirectoryRow } from './row.ts';

/** Typed text shorter than this is looked up as a beginning: a trigram index has nothing to say of it. */
const SUBSTRING_LENGTH = 3;
/** So many hits of a substring are fetched, in no order, and ranked in code: ordering a common one in the database takes a hundred times longer. */
const RANKED = 200;
/** As long as the longest e-mail address. */
const LONGEST = 254;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** Whether a text is a whole e-mail address: the only way in which addresses are matched. */
export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}

/** As the database keeps it for searching; without what it cannot hold. */
export function normalizeTyped(typed: string): string {
  return typed.toWellFormed().replaceAll('\0', '').trim().toLowerCase().slice(0, LONGEST);
}

/** The condition of `directory as entry` that a normalized text of people matches: a part of username, name or id. */
export function matching(sql: Sql, text: string) {
  const pattern = text.replace(/[\\%_]/g, '\\$&');
  if (text.length >= SUBSTRING_LENGTH) return sql`entry.search_text like ${`%${pattern}%`}`;
  return sql`(lower(entry.username) like ${`${pattern}%`} or lower(entry.name) like ${`${pattern}%`})`;
}

export interface SearchHit {
  readonly row: DirectoryRow;
  readonly email: string;
}

/** The best matches for a text as people type it, the best first. One short query. */
export async function searchDirectory(
  sql: Sql,
  typed: string,
  { panels, limit }: { panels: readonly string[]; limit: number },
): Promise<readonly SearchHit[]> {
  const text = normalizeTyped(typed);
  const rows = await sql<StoredRow[]>`
    select ${rowColumns(sql)} from directory as entry
    where entry.panel = any(${[...panels]}::text[]) and entry.vanished_at is null and ${matching(sql, text)}
    limit ${RANKED}`;
  return rows
    .map((row) => ({ hit: { row: toDirectoryRow(row), email: row.email }, distance: distanceOf(row, text) }))
    .sort(
      (left, right) =>
        left.distance - right.distance ||
        compare(left.hit.row.username, right.hit.row.username) ||
        compare(left.hit.row.panel, right.hit.row.panel),
    )
    .slice(0, limit)
    .map(({ hit }) => hit);
}

/** How far a row is from what was typed: whole before beginning before part, usernames before names, accounts in use before deleted ones. */
function distanceOf({ username, name, account_id: id, status }: StoredRow, text: string): number {
  const deleted = status === 'deleted' ? 10 : 0;
  const lowerUsername = username.toLowerCase();
  const lowerName = name?.toLowerCase() ?? '';
  if (lowerUsername === text || id === text) return deleted;
  if (lowerName === text) return deleted + 1;
  if (lowerUsername.startsWith(text)) return deleted + 2;
  if (lowerName.startsWith(text)) return deleted + 3;
  if (lowerName.includes(` ${text}`)) return deleted + 4;
  return deleted + 5;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
