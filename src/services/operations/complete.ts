import { actorId } from '../../domain/actor.ts';
import type { Context } from '../context.ts';
import { panelsWith } from '../directory/scope.ts';
import { isOpen } from './pending.ts';
import { type OperationSummary, SUMMARY_COLUMNS, type SummaryRow, toSummary } from './summary.ts';

/** Which operations are meant: any, those that have not ended, or what the actor did. */
export type OperationsMeant = 'any' | 'open' | 'own';

export interface CompletedOperation extends OperationSummary {
  readonly username: string | null;
}

/** Among how many of the latest is looked for a name; a number is found wherever it is. */
const LATEST = 300;
const CHOICES = 25;

/** Operations by the beginning of their number or a part of their account's username, latest first. */
export async function completeOperations(
  ctx: Context,
  typed: string,
  meant: OperationsMeant,
): Promise<readonly CompletedOperation[]> {
  const { sql } = ctx.store;
  const wanted = typed.trim().replace(/^#/, '').toLowerCase();
  const number = /^\d{1,15}$/.test(wanted) ? wanted : '0';
  const narrowed = {
    any: sql``,
    open: sql`and ${isOpen(sql)}`,
    own: sql`and actor_id = ${actorId(ctx.actor)}`,
  }[meant];
  const visible = sql`panel = any(${[...panelsWith(ctx, 'accounts.view')]}::text[]) ${narrowed}`;
  const rows = await sql<(SummaryRow & { username: string | null })[]>`
    select ${sql(SUMMARY_COLUMNS)}, username
    from (
      (select number from operations where ${visible} order by number desc limit ${LATEST})
      union
      select number from operations where number = ${number}::bigint and ${visible}
    ) as latest
    join operations using (number)
    cross join lateral (
      select coalesce(result -> 'account' ->> 'username', state_before ->> 'username', input ->> 'username') as username
    ) as account
    where starts_with(number::text, ${wanted}) or strpos(lower(username), ${wanted}) > 0
    order by number desc limit ${CHOICES}`;
  const counting = panelsWith(ctx, 'credits.view');
  return rows.map((row) => ({
    ...toSummary(row),
    username: row.username,
    ...(counting.includes(row.panel) ? {} : { delta: null }),
  }));
}
