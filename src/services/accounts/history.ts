import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { type DirectoryRow, directoryRow } from '../directory/find.ts';
import {
  CORRECTED_REASON,
  type OperationSummary,
  SUMMARY_COLUMNS,
  type SummaryRow,
  toSummary,
} from '../operations/summary.ts';
import { type Page, type PageQuery, pageOf } from '../page.ts';
import { allowed, authorize, authorizeOwn } from '../policy/authorize.ts';

const PAGE_SIZE = 8;

export interface AccountHistory extends Page<OperationSummary> {
  readonly account: DirectoryRow;
}

/** What was done to an account, newest first, for staff; without amounts for who may not look at credits. */
export async function accountHistory(ctx: Context, target: AccountReference, page: PageQuery): Promise<AccountHistory> {
  await authorize(ctx, 'accounts.view', { panel: target.panel });
  const history = await readHistory(ctx, target, page);
  if (allowed(ctx, 'credits.view', target.panel)) return history;
  return { ...history, items: history.items.map((operation) => ({ ...operation, delta: null })) };
}

/** The same for the member whose account it is. */
export async function ownHistory(ctx: Context, target: AccountReference, page: PageQuery): Promise<AccountHistory> {
  await authorizeOwn(ctx, target);
  return readHistory(ctx, target, page);
}

async function readHistory(ctx: Context, target: AccountReference, page: PageQuery): Promise<AccountHistory> {
  const account = await directoryRow(ctx, target);
  if (!account) throw refuse('target.unknown', { text: '' });
  const { sql } = ctx.store;
  const history = await pageOf(page.cursor, PAGE_SIZE, async ({ before, after, limit }) => {
    const rows = await sql<SummaryRow[]>`
      select ${sql(SUMMARY_COLUMNS)}, ${sql.unsafe(CORRECTED_REASON)} from operations
      where panel = ${target.panel} and account_id = ${target.accountId}
        ${before === null ? sql`` : sql`and number < ${before}`} ${after === null ? sql`` : sql`and number > ${after}`}
      order by number ${after === null ? sql`desc` : sql`asc`} limit ${limit}`;
    return rows.map((row) => ({ position: Number(row.number), item: toSummary(row) }));
  });
  return { account, ...history };
}
