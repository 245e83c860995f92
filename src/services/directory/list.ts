import type { AccountStatus } from '../../domain/account.ts';
import type { Context } from '../context.ts';
import type { PageQuery } from '../page.ts';
import { authorize } from '../policy/authorize.ts';
import { recordLookup } from './lookup.ts';
import { cursorAt, pageFrom, parseCursor, type Sort } from './order.ts';
import { type DirectoryRow, rowColumns, type StoredRow, toDirectoryRow } from './row.ts';
import { panelsWith } from './scope.ts';
import { isEmail, matching, normalizeTyped } from './search.ts';

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
 * Lists the accounts that the actor may see, page by page, from the directory. Each panel's share of a page is read in the order of its own
 * index, so that a page costs the same however many accounts there are.
 *
 * @throws Refusal the policy's, `panel.unknown`, or `input.invalid` for a cursor of another list.
 */
export async function listAccounts(ctx: Context, query: ListQuery): Promise<AccountList> {
  const panels = await panelsToList(ctx, query.panel);
  const sort = query.sort ?? 'name';
  const position = parseCursor(sort, query.cursor);
  const { sql } = ctx.store;
  const filters = filtersOf(ctx, query);
  const { condition, order } = pageFrom(sql, sort, position);
  const [found, [counted]] = await Promise.all([
    sql<StoredRow[]>`
      select entry.* from unnest(${[...panels]}::text[]) as shown (panel) cross join lateral (
        select ${rowColumns(sql)} from directory as entry
        where entry.panel = shown.panel and ${filters} and ${condition} order by ${order} limit ${PAGE_SIZE + 1}
      ) as entry
      order by ${order} limit ${PAGE_SIZE + 1}`,
    sql<{ count: number }[]>`
      select count(*)::integer as count from (
        select from directory as entry where entry.panel = any(${[...panels]}::text[]) and ${filters} limit ${COUNTED}
      ) as counted`,
  ]);
  if (query.query !== undefined && isEmail(normalizeTyped(query.query)))
    await recordLookup(ctx, query.query, found.length);
  const backwards = position?.towards === 'previous';
  const more = found.length > PAGE_SIZE;
  const rows = found.slice(0, PAGE_SIZE);
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows: rows.map(toDirectoryRow),
    total: counted?.count ?? 0,
    next: last && (backwards || more) ? cursorAt(sort, 'next', last) : null,
    previous: first && (backwards ? more : position !== null) ? cursorAt(sort, 'previous', first) : null,
  };
}

async function panelsToList(ctx: Context, panel: string | undefined): Promise<readonly string[]> {
  if (panel !== undefined) {
    await authorize(ctx, 'accounts.view', { panel });
    return [ctx.panels.get(panel).id];
  }
  await authorize(ctx, 'accounts.view');
  return panelsWith(ctx, 'accounts.view');
}

function filtersOf({ store: { sql } }: Context, query: ListQuery) {
  const { status, role, verified, linked } = query;
  const link = sql`(
    select from links where links.panel = entry.panel and links.account_id = entry.account_id and removed_at is null
  )`;
  return sql`
    entry.vanished_at is null
    ${query.query ? sql`and ${wanted(sql, normalizeTyped(query.query))}` : sql``}
    ${status === undefined ? sql`` : sql`and entry.status = ${status}`}
    ${role === undefined ? sql`` : sql`and ${role} = any(entry.roles)`}
    ${verified === undefined ? sql`` : sql`and entry.verified = ${verified}`}
    ${linked === undefined ? sql`` : linked ? sql`and exists ${link}` : sql`and not exists ${link}`}`;
}

function wanted(sql: Context['store']['sql'], text: string) {
  return isEmail(text) ? sql`lower(entry.email) = ${text}` : matching(sql, text);
}
