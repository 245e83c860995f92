import type { Sql, Transaction } from '../../store/connect.ts';

export interface OwedAnswer {
  readonly interactionId: string;
  /** What is needed to give it, sealed: only its owner reads that. */
  readonly sealed: Uint8Array;
  /** Key of the first operation that it tells of; null while there is none. */
  readonly operationKey: string | null;
  /** The process that works on it. */
  readonly owner: string;
}

/** Remembers that an answer is owed: alone, or in the transaction of the operation of which it will tell. */
export async function oweAnswer(sql: Sql | Transaction, answer: OwedAnswer): Promise<void> {
  await sql`
    insert into owed_answers (interaction_id, sealed, operation_key, owner)
    values (${answer.interactionId}, ${answer.sealed}, ${answer.operationKey}, ${answer.owner})
    on conflict (interaction_id) do update
      set operation_key = coalesce(owed_answers.operation_key, excluded.operation_key)`;
}
