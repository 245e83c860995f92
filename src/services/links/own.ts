import type { AccountReference } from '../../domain/account.ts';
import type { Context } from '../context.ts';

/** The accounts that the actor is linked to, in the order of the panels. */
export async function ownAccounts(ctx: Context): Promise<readonly AccountReference[]> {
  if (ctx.actor.kind !== 'member') return [];
  const rows = await ctx.store.sql<{ panel: string; account_id: string }[]>`
    select panel, account_id from links where user_id = ${ctx.actor.userId} and removed_at is null`;
  return ctx.panels.all.flatMap(({ id }) =>
    rows.filter(({ panel }) => panel === id).map(({ panel, account_id: accountId }) => ({ panel, accountId })),
  );
}
