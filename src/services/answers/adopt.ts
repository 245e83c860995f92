import type { AccountReference } from '../../domain/account.ts';
import type { OperationState } from '../../domain/operation.ts';
import type { Services } from '../context.ts';

/** How long Discord takes an answer, in minutes. One that tells of an operation is brought otherwise after that, for a while. */
const LIFE_MINUTES = 15;
const OPERATION_LIFE_MINUTES = 60;

export interface AbandonedAnswer {
  readonly interactionId: string;
  readonly sealed: Uint8Array;
  /** The operation that it was to tell of; null where none was stated. */
  readonly operation: { readonly state: OperationState; readonly target: AccountReference | null } | null;
}

interface AbandonedRow {
  interaction_id: string;
  sealed: Uint8Array;
  state: OperationState | null;
  panel: string;
  account_id: string | null;
}

/**
 * Says that `owner` still works on what it owes, and takes over what others abandoned that long ago, in milliseconds.
 *
 * @returns the interactions whose answers nobody waits for any more: they are forgotten.
 */
export async function adoptAnswers(
  { store }: Pick<Services, 'store'>,
  owner: string,
  abandonedAfterMs: number,
): Promise<readonly string[]> {
  await store.sql`
    update owed_answers set owner = ${owner}, owner_seen_at = now()
    where owner = ${owner} or owner_seen_at < now() - make_interval(secs => ${abandonedAfterMs / 1000})`;
  const rows = await store.sql<{ interaction_id: string }[]>`
    delete from owed_answers
    where created_at < now() - make_interval(mins => case
      when operation_key is null then ${LIFE_MINUTES}::integer else ${OPERATION_LIFE_MINUTES}::integer end)
    returning interaction_id`;
  return rows.map(({ interaction_id: interactionId }) => interactionId);
}

/** What `owner` owes, except the answers that it works on itself: they were taken over. */
export async function adoptedAnswers(
  { store }: Pick<Services, 'store'>,
  owner: string,
  working: readonly string[],
): Promise<readonly AbandonedAnswer[]> {
  const rows = await store.sql<AbandonedRow[]>`
    select owed.interaction_id, owed.sealed, operations.state, operations.panel, operations.account_id
    from owed_answers as owed left join operations on operations.key = owed.operation_key
    where owed.owner = ${owner} and owed.interaction_id <> all(${working as string[]}::text[])
    order by owed.created_at limit 100`;
  return rows.map((row) => ({
    interactionId: row.interaction_id,
    sealed: row.sealed,
    operation: row.state && { state: row.state, target: targetOf(row) },
  }));
}

/** Whether `owner` still has to give it. */
export async function isOwed(
  { store }: Pick<Services, 'store'>,
  interactionId: string,
  owner: string,
): Promise<boolean> {
  const rows = await store.sql`
    select from owed_answers where interaction_id = ${interactionId} and owner = ${owner}`;
  return rows.length > 0;
}

function targetOf({ panel, account_id: accountId }: AbandonedRow): AccountReference | null {
  return accountId === null ? null : { panel, accountId };
}
