/** What the store holds, as one fingerprint a table: whether anything at all was written shows without knowing what was tried. */
import type { Store } from '../../src/store/connect.ts';

/** Every table in which something done leaves a trace. What belongs to an answer alone (`component_state`, `owed_answers`) is not among them. */
const TABLES = [
  'operations',
  'operation_steps',
  'ledger',
  'audit',
  'audit_personal',
  'notes',
  'links',
  'grants',
  'settings',
  'notices',
  'component_presses',
  'directory',
  'builtin_accounts',
  'builtin_receipts',
] as const;

export type Records = Readonly<Record<string, string>>;

/** Number of rows and digest of their contents, by table. */
export async function fingerprint({ sql }: Store): Promise<Records> {
  const parts = TABLES.map(
    (table) => sql`
      select ${table}::text as name, count(*) || ':' || md5(coalesce(string_agg(entry::text, '|' order by entry::text), '')) as digest
      from ${sql(table)} as entry`,
  );
  const [first, ...others] = parts;
  if (!first) return {};
  const all = others.reduce((union, part) => sql`${union} union all ${part}`, first);
  const rows = await sql<{ name: string; digest: string }[]>`${all}`;
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** How many rows each table has, for those in which it changed between two moments. */
export function grown(before: Records, after: Records): Readonly<Record<string, number>> {
  const countOf = (digest = '0') => Number(digest.split(':')[0]);
  return Object.fromEntries(
    Object.keys(after)
      .filter((name) => before[name] !== after[name])
      .map((name) => [name, countOf(after[name]) - countOf(before[name])]),
  );
}
