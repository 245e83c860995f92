import { LASTING_FAILURES } from '../../domain/refusal.ts';
import type { JsonValue } from '../../panels/panel.ts';
import type { Sql, Transaction } from '../../store/connect.ts';
import { jsonParameter } from '../json.ts';

/**
 * Something that is to be said, or to be said anew. Those about operations hold its number only: what they say is read from the store
 * when they are brought.
 */
export type OwedNotice =
  /** The line in the audit channel. */
  | { readonly kind: 'operation'; readonly operation: number }
  /** What waits for an approver, or for somebody who can say how it ended. */
  | { readonly kind: 'card'; readonly operation: number }
  /** That it still waits, or is in doubt. */
  | { readonly kind: 'reminder'; readonly operation: number }
  /** What was, or will be, done to somebody's account. */
  | {
      readonly kind: 'member';
      readonly operation: number;
      readonly recipientId: string;
      readonly content?: { readonly left: 'day' | 'hour' };
    }
  /** What became of what somebody asked for. */
  | {
      readonly kind: 'requester';
      readonly operation: number;
      readonly recipientId: string;
      readonly content?: { readonly unreached: true };
    }
  /** How far the audit log is sealed. */
  | { readonly kind: 'head'; readonly content: JsonValue };

const LANES = {
  operation: 'audit',
  head: 'audit',
  card: 'cards',
  reminder: 'cards',
  member: 'direct',
  requester: 'direct',
} as const satisfies Readonly<Record<OwedNotice['kind'], string>>;

/** Stores a notice in the transaction of what it tells. */
export async function oweNotice(transaction: Transaction, notice: OwedNotice): Promise<void> {
  const operation = 'operation' in notice ? notice.operation : null;
  const recipientId = 'recipientId' in notice ? notice.recipientId : null;
  const content = ('content' in notice && notice.content) || {};
  await transaction`
    insert into notices (lane, kind, operation, recipient_id, content)
    values (${LANES[notice.kind]}, ${notice.kind}, ${operation}, ${recipientId}, ${jsonParameter(transaction, content)})`;
}

/**
 * Owes to people the question how an operation ended: its card. Where it has one already, which asked something else, that is changed; as
 * nobody is told of a change, a reminder goes with it.
 */
export async function oweQuestion(transaction: Transaction, operation: number): Promise<void> {
  const [asked] = await transaction`select from notices where operation = ${operation} and kind = 'card' limit 1`;
  await oweNotice(transaction, { kind: 'card', operation });
  if (asked) await oweNotice(transaction, { kind: 'reminder', operation });
}

/** Owes a change of the policy or of the settings to the audit channel, and to each owner for themselves. */
export async function owePolicyNotice(
  transaction: Transaction,
  ownerIds: readonly string[],
  content: JsonValue,
): Promise<void> {
  await transaction`
    insert into notices (lane, kind, recipient_id, content)
    select case when recipient is null then 'audit' else 'direct' end, 'policy', recipient, ${jsonParameter(transaction, content)}::jsonb
    from unnest(array_prepend(null, ${[...ownerIds]}::text[])) as recipient`;
}

/**
 * The part of a `with` that owes all notices of an operation's end, from the row that `ended` returned. What changed nothing is in the
 * audit log; the channel tells of changes, and of what it had told before.
 */
export function endingNotices(sql: Sql | Transaction) {
  const toldBefore = (kind: OwedNotice['kind']) => sql`
    exists (select from notices as told where told.operation = ended.number and told.kind = ${kind})`;
  const byMember = sql`actor_id not like 'system:%'`;
  // What Steward was to do by itself, and does not try again: nobody was there to see it fail.
  const givenUp = sql`(not ${byMember} and failure = any(${LASTING_FAILURES as string[]}::text[]))`;
  return sql`
    noticed as (
      insert into notices (lane, kind, operation, recipient_id, content)
      select lane, kind, operation, recipient, '{}'::jsonb from ended cross join lateral (values
        ('audit', 'operation', number, null, state <> 'failed' or ${toldBefore('operation')} or ${givenUp}),
        ('audit', 'operation', linked_number, null, state = 'succeeded' and linked_number is not null),
        ('cards', 'card', number, null, ${toldBefore('card')}),
        ('direct', 'member', number, member_id, state = 'succeeded' and member_id <> actor_id),
        ('direct', 'requester', number, actor_id,
          state <> 'unknown' and ${byMember} and (settled_by is not null or approvals_needed is not null))
      ) as owed (lane, kind, operation, recipient, wanted)
      where wanted
    )`;
}
