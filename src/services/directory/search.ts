import type { Fragment, Sql } from '../../store/connect.ts';
import { type DirectoryRow, rowColumns, type StoredRow, toDirectoryRow } from './row.ts';

/** Text without three letters or digits in a row is looked up as a beginning only: a trigram index has nothing to say of it. */
const TRIGRAM = /[\p{L}\p{N}]{3}/u;
/** So many hits are fetched and ranked in code: ordering those of a common text in the database takes a hundred times longer. */
const RANKED: Reach = { beginning: 50, anywhere: 200 };
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

/** How many matches are looked at: usernames and as many names that begin with the text, and of those that have it anywhere so many in all. */
export interface Reach {
  readonly beginning: number;
  readonly anywhere: number;
}

/**
 * The rows of one panel, `shown.panel`, that a normalized text matches, each once: usernames and names that begin with it, in their order, and
 * where a trigram index can tell those that have it anywhere in username, name or id. Each way in stops at its reach, so that a text that half of
 * all accounts match costs no more than one that few do.
 *
 * @param filters Further conditions of `directory as entry`.
 */
export function matching(sql: Sql, text: string, filters: Fragment, reach: Reach): Fragment {
  const pattern = text.replace(/[\\%_]/g, '\\$&');
  const here = sql`select * from directory as entry where entry.panel = shown.panel and entry.vanished_at is null and ${filters}`;
  // By the order of the index, which is that of bytes: otherwise all matches would be fetched and sorted.
  const beginning = (key: Fragment) =>
    sql`(${here} and ${key} like ${`${pattern}%`} order by ${key} using ~<~ limit ${reach.beginning})`;
  const beginnings = sql`${beginning(sql`lower(entry.username)`)} union ${beginning(sql`lower(entry.name)`)}`;
  if (!TRIGRAM.test(text)) return beginnings;
  const left = sql`greatest(0, ${reach.anywhere}::integer - (select count(*) from beginnings))`;
  return sql`
    with beginnings as materialized (${beginnings})
    select * from beginnings union all (
      ${here} and entry.search_text like ${`%${pattern}%`}
        and lower(entry.username) not like ${`${pattern}%`} and lower(coalesce(entry.name, '')) not like ${`${pattern}%`}
      limit ${left}
    )`;
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
    select ${rowColumns(sql)} from unnest(${[...panels]}::text[]) as shown (panel)
    cross join lateral (${matching(sql, text, sql`true`, RANKED)}) as entry`;
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
