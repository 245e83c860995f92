import { z } from 'zod';
import { refuse } from '../../domain/refusal.ts';
import type { Sql } from '../../store/connect.ts';
import type { StoredRow } from './row.ts';

/** How a list can be ordered. Ties go by id and panel, so that every order is total and pages neither skip nor repeat. */
export type Sort = 'name' | 'newest' | 'balance';

/** Where a page begins: beyond this row, forwards or backwards in the order. */
export interface Position {
  readonly sort: Sort;
  readonly towards: 'next' | 'previous';
  readonly key: string;
  readonly accountId: string;
  readonly panel: string;
}

const POSITION = z.tuple([
  z.enum(['name', 'newest', 'balance']),
  z.enum(['next', 'previous']),
  z.string().max(300),
  z.string().max(64),
  z.string().max(16),
]);

const KEYS: Readonly<Record<Sort, z.ZodType<string>>> = {
  name: z.string(),
  newest: z.iso.datetime(),
  balance: z.string().regex(/^-?\d{1,18}$/),
};

/** Accounts of an unknown date or without credits come last. `sortKey` says the same in SQL, word for word as the index does. */
const OLDEST = new Date(0);
const NO_BALANCE = -1n;

/** The value of a row that a list is ordered by, as SQL. */
function sortKey(sql: Sql, sort: Sort) {
  if (sort === 'newest') return sql`coalesce(entry.created_at, timestamptz 'epoch')`;
  return sort === 'balance' ? sql`coalesce(entry.balance_minor, -1)` : sql`entry.username`;
}

/** The condition that a row stands beyond a position, and the order in which to read from there. */
export function pageFrom(sql: Sql, sort: Sort, position: Position | null) {
  const descending = (sort !== 'name') !== (position?.towards === 'previous');
  const key = sortKey(sql, sort);
  const direction = descending ? sql`desc` : sql`asc`;
  const order = sql`${key} ${direction}, entry.account_id ${direction}, entry.panel ${direction}`;
  if (!position) return { condition: sql`true`, order };
  const value = castKey(sql, position);
  const here = sql`(${key}, entry.account_id, entry.panel)`;
  const there = sql`(${value}, ${position.accountId}, ${position.panel})`;
  return { condition: descending ? sql`${here} < ${there}` : sql`${here} > ${there}`, order };
}

function castKey(sql: Sql, { sort, key }: Position) {
  if (sort === 'newest') return sql`${new Date(key)}::timestamptz`;
  return sort === 'balance' ? sql`${BigInt(key)}::bigint` : sql`${key}::text`;
}

/** The page that begins beyond a row, as opaque text. */
export function cursorAt(sort: Sort, towards: Position['towards'], row: StoredRow): string {
  const keys = {
    name: row.username,
    newest: (row.created_at ?? OLDEST).toISOString(),
    balance: String(row.balance_minor ?? NO_BALANCE),
  };
  return Buffer.from(JSON.stringify([sort, towards, keys[sort], row.account_id, row.panel])).toString('base64url');
}

/** @throws Refusal `input.invalid` for what is no cursor of this order. */
export function parseCursor(sort: Sort, cursor: string | undefined): Position | null {
  if (!cursor) return null;
  const parsed = POSITION.safeParse(jsonOf(cursor));
  if (!parsed.success) throw refuse('input.invalid', { field: 'page', problem: 'malformed' });
  const [of, towards, key, accountId, panel] = parsed.data;
  if (of !== sort || !KEYS[sort].safeParse(key).success)
    throw refuse('input.invalid', { field: 'page', problem: 'malformed' });
  return { sort, towards, key, accountId, panel };
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
