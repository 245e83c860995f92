import type { AccountStatus } from '../../domain/account.ts';
import type { Fragment, Sql } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import type { PageQuery } from '../page.ts';
import { authorize } from '../policy/authorize.ts';
import { recordLookup } from './lookup.ts';
import { cursorAt, pageFrom, parseCursor, type Sort } from './order.ts';
import { type DirectoryRow, rowColumns, type StoredRow, toDirectoryRow } from './row.ts';
import { panelsWith } from './scope.ts';
import { isEmail, matching, normalizeTyped, type Reach } from './search.ts';

const PAGE_SIZE = 10;
/** Counting further costs more than anybody learns from it. */
const COUNTED = 1_001;

export interface ListQuery extends PageQuery {
  /** A part of username, name or id, or a whole e-mail address. */
  readonly query?: string | undefined;
  readonly status?: AccountStatus | undefined;
  readonly role?: string | undefined;
  readonly verified?: boolean | undefined;
  readonly linked?: boolean | undefined;
  readonly sort?: Sort | undefined;
  readonly panel?: string | undefined;
}

export interface AccountList {
  readonly rows: readonly DirectoryRow[];
  /** How many there are in all, counted to 1,001. */
  readonly total: number;
  /** Null on the last page. */
  readonly next: string | null;
  /** Null on the first page. */
  readonly previous: string | null;
}

/**
 * Lists the accounts that the actor may see, page by page, from the directory, with the balances of panels on which they may look at credits.
 * Each panel's share of a page is read in the order of its own index, so that a page costs the same however many accounts there are.
 *
 * @throws Refusal the policy's, `panel.unknown`, or `input.invalid` for a cursor of another list.
 */
export async function listAccounts(ctx: Context, query: ListQuery): Promise<AccountList> {
  const sort = query.sort ?? 'name';
  const panels = await panelsToList(ctx, query.panel, sort);
  const position = parseCursor(sort, query.cursor);
  const { sql } = ctx.store;
  const { found, total } = await readPage(ctx, query, panels, pageFrom(sql, sort, position));
  if (query.query !== undefined && isEmail(normalizeTyped(query.query)))
    await recordLookup(ctx, { email: query.query, panels, found: found.length });
  const backwards = position?.towards === 'previous';
  const more = found.length > PAGE_SIZE;
  const rows = found.slice(0, PAGE_SIZE);
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  const counting = new Set(panelsWith(ctx, 'credits.view'));
  return {
    rows: rows.map(toDirectoryRow).map((row) => (counting.has(row.panel) ? row : { ...row, balance: null })),
    total,
    next: last && (backwards || more) ? cursorAt(sort, 'next', last) : null,
    previous: first && (backwards ? more : position !== null) ? cursorAt(sort, 'previous', first) : null,
  };
}

interface Found {
  /** A page, and one more where there is more. */
  readonly found: readonly StoredRow[];
  readonly total: number;
}

async function readPage(
  ctx: Context,
  query: ListQuery,
  panels: readonly string[],
  place: ReturnType<typeof pageFrom>,
): Promise<Found> {
  const text = query.query ? normalizeTyped(query.query) : '';
  const filters = filtersOf(ctx, query);
  const { sql } = ctx.store;
  const shown = sql`unnest(${[...panels]}::text[]) as shown (panel)`;
  if (text !== '' && !isEmail(text)) return readMatches(sql, shown, matching(sql, text, filters, READ_OF_TEXT), place);
  const email = text === '' ? sql`` : sql`and lower(entry.email) = ${text}`;
  const rows = sql`
    select * from directory as entry
    where entry.panel = shown.panel and entry.vanished_at is null and ${filters} ${email}`;
  return readInOrder(sql, shown, rows, place);
}

/** So many matches are read that they can be counted as far as anybody is told. Whoever wants to read on types more. */
const READ_OF_TEXT: Reach = { beginning: COUNTED, anywhere: COUNTED };

/** No more than a few thousand rows, which are counted and put in order as they are. */
async function readMatches(
  sql: Sql,
  shown: Fragment,
  rows: Fragment,
  { condition, order }: ReturnType<typeof pageFrom>,
): Promise<Found> {
  const found = await sql<(StoredRow & { total: number })[]>`
    select ${rowColumns(sql)}, least(total, ${COUNTED})::integer as total
    from (select entry.*, count(*) over () as total from ${shown} cross join lateral (${rows}) as entry) as entry
    where ${condition} order by ${order} limit ${PAGE_SIZE + 1}`;
  return { found, total: found[0]?.total ?? 0 };
}

/** However many rows there are: each panel's share of the page is read in the order of its own index. */
async function readInOrder(
  sql: Sql,
  shown: Fragment,
  rows: Fragment,
  { condition, order }: ReturnType<typeof pageFrom>,
): Promise<Found> {
  const [found, [counted]] = await Promise.all([
    sql<StoredRow[]>`
      select ${rowColumns(sql)} from ${shown} cross join lateral (
        select * from (${rows}) as entry where ${condition} order by ${order} limit ${PAGE_SIZE + 1}
      ) as entry
      order by ${order} limit ${PAGE_SIZE + 1}`,
    sql<{ count: number }[]>`
      select count(*)::integer as count from (
        select from ${shown} cross join lateral (${rows}) as entry limit ${COUNTED}
      ) as counted`,
  ]);
  return { found, total: counted?.count ?? 0 };
}

/** An order tells what it is made by, too. */
async function panelsToList(ctx: Context, panel: string | undefined, sort: Sort): Promise<readonly string[]> {
  const permissions = sort === 'balance' ? (['accounts.view', 'credits.view'] as const) : (['accounts.view'] as const);
  for (const permission of permissions) await authorize(ctx, permission, panel === undefined ? {} : { panel });
  if (panel !== undefined) return [ctx.panels.get(panel).id];
  const [seen, ...others] = permissions.map((permission) => panelsWith(ctx, permission));
  return (seen ?? []).filter((id) => others.every((panels) => panels.includes(id)));
}

function filtersOf({ store: { sql } }: Context, { status, role, verified, linked }: ListQuery): Fragment {
  const link = sql`(
    select from links where links.panel = entry.panel and links.account_id = entry.account_id and removed_at is null
  )`;
  return sql`
    true
    ${status === undefined ? sql`` : sql`and entry.status = ${status}`}
    ${role === undefined ? sql`` : sql`and ${role} = any(entry.roles)`}
    ${verified === undefined ? sql`` : sql`and entry.verified = ${verified}`}
    ${linked === undefined ? sql`` : linked ? sql`and exists ${link}` : sql`and not exists ${link}`}`;
}
