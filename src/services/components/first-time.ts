import type { Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';

/**
 * Whether this request does `act` for the first time, in the transaction of what it does: for changes that are no operations and have no key
 * of their own. The same interaction delivered again waits for the first to end and is told no, in this process and in any other, so that
 * it cannot undo what was done since.
 */
export async function isFirstTime(ctx: Context, act: string, transaction: Transaction): Promise<boolean> {
  const rows = await transaction`
    insert into component_presses (key, "group", interaction_id) values (${ctx.origin}, ${act}, ${ctx.origin})
    on conflict do nothing returning key`;
  return rows.length > 0;
}
