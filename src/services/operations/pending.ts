import type { Fragment, Sql } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { panelsWith } from '../directory/scope.ts';
import { allowed, authorize } from '../policy/authorize.ts';
import { readRecords } from './read.ts';
import type { OperationRecord } from './record.ts';
import { withoutCredits } from './visible.ts';

const PAGE_SIZE = 10;

export interface OpenOperations {
  readonly records: readonly OperationRecord[];
  /** On all pages. */
  readonly total: number;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
}

/** That of an operation it is true that somebody still has to wait for it, or to look at it. */
export function isOpen(sql: Sql): Fragment {
  return sql`(state in ('pending', 'unknown', 'awaiting_approval') or doubt is not null)`;
}

/** What has not ended: under way, waiting for an approval, of unknown outcome, or with two answers to how it did; oldest first. @throws Refusal the policy's */
export async function openOperations(ctx: Context, wantedPage: number): Promise<OpenOperations> {
  await authorize(ctx, 'audit.view');
  const rows = await ctx.store.sql<{ number: bigint }[]>`
    select number from operations
    where ${isOpen(ctx.store.sql)} and panel = any(${[...panelsWith(ctx, 'audit.view')]}::text[])
    order by number`;
  const pages = Math.ceil(rows.length / PAGE_SIZE);
  // While somebody turned the page, its operations may have ended.
  const page = Math.max(0, Math.min(wantedPage, pages - 1));
  const numbers = rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).map(({ number }) => Number(number));
  const records = await readRecords(ctx, numbers);
  const shown = records.map((record) =>
    allowed(ctx, 'credits.view', record.panel.id) ? record : withoutCredits(record),
  );
  return { records: shown, total: rows.length, page, pages };
}
