import type { Store } from '../../store/connect.ts';
import { perStore, writesInBatches } from '../../store/in-batches.ts';
import type { Services } from '../context.ts';

interface Given {
  readonly interactionId: string;
  readonly owner: string;
}

/** The answer that `owner` owed has been given, or cannot be given any more. */
export async function settleAnswer(
  services: Pick<Services, 'store'>,
  interactionId: string,
  owner: string,
): Promise<void> {
  await writerOf(services)({ interactionId, owner });
}

const writerOf = perStore((store) => writesInBatches<Given>((batch) => forget(store, batch)));

async function forget({ sql }: Store, batch: readonly Given[]): Promise<void> {
  const ids = batch.map(({ interactionId }) => interactionId);
  const owners = batch.map(({ owner }) => owner);
  await sql`
    delete from owed_answers using unnest(${ids}::text[], ${owners}::text[]) as given (interaction_id, owner)
    where owed_answers.interaction_id = given.interaction_id and owed_answers.owner = given.owner`;
}

/** Leaves all that a process owes to whoever looks next, because it ends. */
export async function leaveAnswers({ store }: Pick<Services, 'store'>, owner: string): Promise<void> {
  await store.sql`update owed_answers set owner_seen_at = '-infinity' where owner = ${owner}`;
}
