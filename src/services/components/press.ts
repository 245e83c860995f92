import { refuse } from '../../domain/refusal.ts';
import type { Sql, Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';

/**
 * Consumes the press that this request comes from, if it may act only once: in the transaction of what it does, so that it acts exactly
 * once or stays unused. The same interaction delivered again passes, and finds what it did by its key.
 *
 * @throws Refusal `press.used`
 */
export async function consumePress(ctx: Context, sql: Sql | Transaction = ctx.store.sql): Promise<void> {
  if (!ctx.press) return;
  const { key, group, interactionId } = ctx.press;
  const rows = await sql`
    insert into component_presses (key, "group", interaction_id) values (${key}, ${group}, ${interactionId})
    on conflict (key, "group") do update set interaction_id = excluded.interaction_id
      where component_presses.interaction_id = excluded.interaction_id
    returning key`;
  if (rows.length === 0) throw refuse('press.used', {});
}
