import { actorId } from '../../domain/actor.ts';
import type { OwnFailure } from '../../domain/operation.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { checkReason } from '../accounts/reason.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context, Services } from '../context.ts';
import { oweNotice } from '../notices/owe.ts';
import { AnsweredElsewhere } from '../operation.ts';
import { readStored, type StoredOperation } from '../operations/stored.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';
import { targetFacts } from '../policy/facts.ts';
import { decidersPermission } from './eligible.ts';

/**
 * Declines an operation that waits for an approval: by whoever may do the deed, or by who asked and does not want it any more.
 *
 * @throws Refusal `approval.over`, the policy's, `reason.missing`
 */
export async function declineOperation(ctx: Context, input: { number: number; reason: string }): Promise<void> {
  const reason = checkReason(input.reason);
  const stored = await readStored(ctx.store.sql, input.number);
  if (!stored) throw refuse('operation.none', { number: input.number });
  const userId = actorId(ctx.actor);
  const withdraws = userId === stored.operation.actorId;
  if (!withdraws) await permitDecliner(ctx, stored);
  await ctx.store.sql.begin(async (transaction) => {
    if (!withdraws) await authorizeNow(ctx, transaction, decidersPermission(stored.operation), stored.panel);
    if (!(await isFirstTime(ctx, 'operation.decline', transaction))) throw new AnsweredElsewhere();
    if (!(await endWaiting(transaction, stored, 'declined'))) {
      const now = await readStored(transaction, input.number);
      throw refuse('approval.over', { number: input.number, state: now?.operation.state ?? 'failed' });
    }
    await transaction`
      insert into approvals (operation, user_id, decision, reason) values (${input.number}, ${userId}, 'declined', ${reason})
      on conflict (operation, user_id) do update set decision = 'declined', reason = excluded.reason, at = now()`;
    await recordDecline(transaction, stored, userId, { reason });
  });
}

/** Declines what nobody has approved in time; nothing when it waits no more. */
export async function expireApproval({ store }: Services, number: number): Promise<void> {
  const stored = await readStored(store.sql, number);
  if (!stored) return;
  await store.sql.begin(async (transaction) => {
    if (await endWaiting(transaction, stored, 'not_approved'))
      await recordDecline(transaction, stored, 'system:approvals', {});
  });
}

/** Reminds approvers of what still waits. */
export async function remindOfApproval({ store }: Services, number: number): Promise<void> {
  await store.sql.begin(async (transaction) => {
    const waiting = await transaction`
      select from operations where number = ${number} and state = 'awaiting_approval' for update`;
    if (waiting.length > 0) await oweNotice(transaction, { kind: 'reminder', operation: number });
  });
}

/** Nobody says no to what is to be done to their own account. */
async function permitDecliner(ctx: Context, { operation, panel, before }: StoredOperation): Promise<void> {
  await authorize(ctx, decidersPermission(operation), { panel });
  if (operation.memberId === actorId(ctx.actor) || (before && (await targetFacts(ctx, before)).oneself))
    throw refuse('approval.own', {});
}

/** @returns false when it waits no more. */
async function endWaiting(
  transaction: Transaction,
  { operation: { number, actorId: requesterId } }: StoredOperation,
  failure: Extract<OwnFailure, 'declined' | 'not_approved'>,
): Promise<boolean> {
  const ended = await transaction`
    update operations set state = 'failed', failure = ${failure}, ended_at = now()
    where number = ${number} and state = 'awaiting_approval' returning number`;
  if (ended.length === 0) return false;
  await oweNotice(transaction, { kind: 'card', operation: number });
  await oweNotice(transaction, { kind: 'operation', operation: number });
  await oweNotice(transaction, { kind: 'requester', operation: number, recipientId: requesterId });
  return true;
}

async function recordDecline(
  transaction: Transaction,
  { operation: { number, memberId }, panel, accountId }: StoredOperation,
  decliner: string,
  facts: { readonly reason?: string },
): Promise<void> {
  await recordAudit(transaction, {
    actorId: decliner,
    action: 'operation.decline',
    outcome: 'succeeded',
    ...{ panel, accountId, memberId, operation: number },
    facts,
  });
}
