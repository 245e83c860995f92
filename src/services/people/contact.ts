import type { Services } from '../context.ts';

/** How somebody is reached by direct messages. */
export interface Contact {
  /** They want to be told of what is done to their accounts. */
  readonly told: boolean;
  /** Since when they are known to accept no direct messages of ours; null while they may. */
  readonly closedSince: Date | null;
}

/** Who was never asked wants to be told. */
export async function readContact({ store: { sql } }: Pick<Services, 'store'>, userId: string): Promise<Contact> {
  const [row] = await sql<{ told: boolean; dm_closed_at: Date | null }[]>`
    select told, dm_closed_at from people where user_id = ${userId}`;
  return { told: row?.told ?? true, closedSince: row?.dm_closed_at ?? null };
}
