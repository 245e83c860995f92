import type { Context } from '../context.ts';
import { type DirectoryRow, rowColumns, type StoredRow, toDirectoryRow } from './row.ts';
import { isEmail, normalizeTyped } from './search.ts';

const MOST = 10;
const SHORTEST = 3;
/** How alike a word has to be, from 0 to 1: enough for two letters that changed places in a short name. */
const ALIKE = '0.35';

/**
 * Accounts whose username or name looks like what somebody typed, the likest first: for what nothing matches. Of an e-mail address the part
 * before the @ is taken for a name; addresses themselves are never compared in part, for that would give them away bit by bit.
 */
export async function resemblingAccounts(
  { store: { sql } }: Pick<Context, 'store'>,
  typed: string,
  panels: readonly string[],
): Promise<readonly DirectoryRow[]> {
  const whole = normalizeTyped(typed);
  const text = isEmail(whole) ? (whole.split('@')[0] ?? '') : whole;
  if (text.length < SHORTEST || panels.length === 0) return [];
  const rows = await sql.begin(async (transaction) => {
    await transaction`select set_config('pg_trgm.word_similarity_threshold', ${ALIKE}, true)`;
    return transaction<StoredRow[]>`
      select ${rowColumns(sql)} from directory as entry
      where entry.panel = any(${[...panels]}::text[]) and entry.vanished_at is null and ${text} <% entry.search_text
      order by word_similarity(${text}, entry.search_text) desc, entry.username limit ${MOST}`;
  });
  return rows.map(toDirectoryRow);
}
