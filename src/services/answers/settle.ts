import type { Services } from '../context.ts';

/** The answer that `owner` owed has been given, or cannot be given any more. */
export async function settleAnswer(
  { store }: Pick<Services, 'store'>,
  interactionId: string,
  owner: string,
): Promise<void> {
  await store.sql`delete from owed_answers where interaction_id = ${interactionId} and owner = ${owner}`;
}

/** Leaves all that a process owes to whoever looks next, because it ends. */
export async function leaveAnswers({ store }: Pick<Services, 'store'>, owner: string): Promise<void> {
  await store.sql`update owed_answers set owner_seen_at = '-infinity' where owner = ${owner}`;
}
