import type { Services } from '../context.ts';

/** For how many hours somebody who accepted no direct message is not tried again: failed ones count against the bot. */
const LEFT_ALONE_HOURS = 24;

export type Reached = 'arrived' | 'closed';

/**
 * Sends a direct message, unless the person is known to accept none, and remembers what came of it.
 *
 * @param send Throws when it cannot be said whether it arrived.
 */
export async function reach(
  { store: { sql } }: Pick<Services, 'store'>,
  userId: string,
  send: () => Promise<Reached>,
): Promise<Reached> {
  const [closed] = await sql<{ lately: boolean }[]>`
    select dm_closed_at > now() - make_interval(hours => ${LEFT_ALONE_HOURS}) as lately
    from people where user_id = ${userId} and dm_closed_at is not null`;
  if (closed?.lately) return 'closed';
  const reached = await send();
  if (reached === 'closed') {
    await sql`
      insert into people (user_id, dm_closed_at) values (${userId}, now())
      on conflict (user_id) do update set dm_closed_at = excluded.dm_closed_at`;
  } else if (closed) {
    await forgetClosed(sql, userId);
  }
  return reached;
}

/** Somebody who writes to the bot directly can be written to. */
export async function heardDirectly({ store }: Pick<Services, 'store'>, userId: string): Promise<void> {
  await forgetClosed(store.sql, userId);
}

async function forgetClosed(sql: Services['store']['sql'], userId: string): Promise<void> {
  await sql`update people set dm_closed_at = null where user_id = ${userId} and dm_closed_at is not null`;
}
