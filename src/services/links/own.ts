import type { AccountReference } from '../../domain/account.ts';
import { inBatches, perStore } from '../../store/in-batches.ts';
import type { Context } from '../context.ts';

/** The accounts that the actor is linked to, in the order of the panels. */
export async function ownAccounts(ctx: Context): Promise<readonly AccountReference[]> {
  if (ctx.actor.kind !== 'member') return [];
  const rows = await linksOf(ctx)(ctx.actor.userId);
  return ctx.panels.all.flatMap(({ id }) =>
    rows.filter(({ panel }) => panel === id).map(({ panel, account_id: accountId }) => ({ panel, accountId })),
  );
}

interface LinkRow {
  user_id: string;
  panel: string;
  account_id: string;
}

/** Every command of a member's begins with it. */
const linksOf = perStore(({ sql }) =>
  inBatches<string, readonly LinkRow[]>(async (userIds) => {
    const rows = await sql<LinkRow[]>`
      select user_id, panel, account_id from links where user_id = any(${[...userIds]}::text[]) and removed_at is null`;
    const byUser = Map.groupBy(rows, (row) => row.user_id);
    return userIds.map((userId) => byUser.get(userId) ?? []);
  }),
);
