import { randomUUID } from 'node:crypto';
import { actorId } from '../../domain/actor.ts';
import type { OperationState } from '../../domain/operation.ts';
import { Refusal, refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { brokenConstraint } from '../../store/constraint.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context } from '../context.ts';
import { jsonParameter, toStored } from '../json.ts';
import { oweNotice } from '../notices/owe.ts';
import { AnsweredElsewhere, act } from '../operation.ts';
import { raised, readCircumstances } from '../operations/circumstances.ts';
import type { Stated } from '../operations/intent.ts';
import type { OperationPlan } from '../operations/plan.ts';
import { readStored, type StoredOperation } from '../operations/stored.ts';
import { SUMMARY_COLUMNS, type SummaryRow, toSummary } from '../operations/summary.ts';
import { verbOf } from '../operations/verbs.ts';
import { actorStanding } from '../policy/authorize.ts';
import { decide, type TargetFacts } from '../policy/decide.ts';
import { targetFacts } from '../policy/facts.ts';
import { type GrantRow, standingOf, toGrant } from '../policy/grants.ts';
import { lockForCounting, passedLimit } from '../policy/limits.ts';
import { approversPermissions } from './eligible.ts';
import { approvalNeed } from './need.ts';
import { forRequester, permitApprover, permitAtAll, requesterOf } from './parties.ts';

/**
 * Approves an operation that waits for it. Rights, limits, target and balance are checked again, of who asked and of who approves; the
 * last approval that is needed carries it out. What came of it, its failure too, is read from the operation's record.
 *
 * @throws Refusal `approval.…`, the policy's, and whatever the verb refuses as things are now: then it waits on.
 */
export async function approveOperation(ctx: Context, number: number): Promise<void> {
  const stored = await readStored(ctx.store.sql, number);
  if (!stored) throw refuse('operation.none', { number });
  if (stored.operation.state !== 'awaiting_approval') return requireOwnApproval(ctx, stored);
  const run = () => approveOrAgain(ctx, stored);
  return stored.accountId === null ? run() : ctx.queue.run(`${stored.panel}/${stored.accountId}`, run);
}

/** What was read before somebody else's change is read once more, before the approver is told that the account is busy. */
async function approveOrAgain(ctx: Context, stored: StoredOperation): Promise<void> {
  try {
    await approve(ctx, stored);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'operation.busy') throw error;
    await approve(ctx, stored);
  }
}

async function approve(ctx: Context, stored: StoredOperation): Promise<void> {
  await permitAtAll(ctx, stored);
  const verb = verbOf(stored.operation.verb);
  const plannedAt = performance.now();
  const requester = await requesterOf(ctx, stored);
  const plan = await forRequester(stored, () => verb.plan(requester, stored, stored.input, {}));
  // A balance to be set may mean more by now than what the card asks for.
  if (plan.delta && plan.delta.minor !== stored.operation.delta?.minor)
    throw refuse('approval.moved', { delta: plan.delta });
  const facts = plan.before ? await targetFacts(ctx, plan.before) : null;
  await permitApprover(ctx, plan, facts);
  await ctx.at('approval:before');
  const stated = await stateApproval({ ctx, requester, stored, plan, plannedAt, facts });
  if (stated) await carriedOut(requester, plan, stated);
}

/** That the panel refuses is how the operation ended, not the approval. */
async function carriedOut(requester: Context, plan: OperationPlan, stated: Stated): Promise<void> {
  try {
    await act(requester, verbOf(stated.operation.verb), plan, stated);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Who has approved it themselves sees how it ended, as after a second delivery. @throws Refusal `approval.over` */
async function requireOwnApproval(ctx: Context, { operation: { number, state } }: StoredOperation): Promise<void> {
  const rows = await ctx.store.sql`
    select from approvals where operation = ${number} and user_id = ${actorId(ctx.actor)} and decision = 'approved'`;
  if (rows.length === 0) throw refuse('approval.over', { number, state });
}

interface Approval {
  readonly ctx: Context;
  /** Who asked, as they are now. */
  readonly requester: Context;
  readonly stored: StoredOperation;
  readonly plan: OperationPlan;
  readonly plannedAt: number;
  /** What the rules know of the account, for the approver. */
  readonly facts: TargetFacts | null;
}

/**
 * Stores the approval, and with the last one that is needed the intent, in one transaction: two who press at the same moment act once.
 *
 * @returns null when another approval is needed.
 */
async function stateApproval({ ctx, requester, stored, plan, plannedAt, facts }: Approval): Promise<Stated | null> {
  const { operation, key, panel, accountId } = stored;
  const token = randomUUID();
  const takenAt = performance.now();
  const { number } = operation;
  try {
    return await ctx.store.sql.begin(async (transaction) => {
      const actorIds = [operation.actorId, actorId(ctx.actor)];
      if (plan.delta) await lockForCounting(transaction, { actorIds, panel, accountId });
      const [waiting] = await transaction<{ state: OperationState; needed: number }[]>`
        select state, approvals_needed as needed from operations where number = ${number} for update`;
      if (waiting?.state !== 'awaiting_approval')
        throw refuse('approval.over', { number, state: waiting?.state ?? 'failed' });
      if (!(await isFirstTime(ctx, 'operation.approve', transaction))) throw new AnsweredElsewhere();
      await forRequester(stored, () => checkRequester(requester, transaction, stored, { plan, plannedAt }));
      await checkApprover(ctx, transaction, stored, plan, facts);
      const approvals = await countApproval(ctx, transaction, stored);
      if (approvals < waiting.needed) return null;
      const row = await carryOn(ctx, transaction, { number, key, token }, plan);
      return {
        kind: 'stated',
        operation: toSummary(row),
        lease: { number, token, reference: key, attempt: 1, takenAt },
      } as const;
    });
  } catch (error) {
    if (brokenConstraint(error) === 'operations_leased') throw refuse('operation.busy', { number: null });
    throw error;
  }
}

/** Who asked may still do it, but for what the approval is for. @throws Refusal the policy's, `operation.busy`, `operation.unknown_open` */
async function checkRequester(
  requester: Context,
  transaction: Transaction,
  { operation, key }: StoredOperation,
  { plan, plannedAt }: Pick<Approval, 'plan' | 'plannedAt'>,
): Promise<void> {
  const verb = verbOf(operation.verb);
  const circumstances = await readCircumstances(requester, { verb, plan, plannedAt, key }, transaction);
  if (circumstances.moved) throw refuse('operation.busy', { number: null });
  approvalNeed(requester, operation.verb, plan, circumstances);
  if (circumstances.unknown_open)
    throw refuse('operation.unknown_open', { number: Number(circumstances.unknown_open) });
}

/** The approver's own grants as they are now, and their limits, which what they approve counts against. @throws Refusal */
async function checkApprover(
  ctx: Context,
  transaction: Transaction,
  { operation }: StoredOperation,
  plan: OperationPlan,
  facts: TargetFacts | null,
): Promise<void> {
  const approver = actorId(ctx.actor);
  const { roleIds } = actorStanding(ctx);
  const [row] = await transaction<{ grants: GrantRow[]; raised_by_actor: string; raised_on_target: string }[]>`
    select (
      select coalesce(jsonb_agg(grants order by id), '[]') from grants where revoked_at is null and (
        (subject_kind = 'user' and subject_id = ${approver}) or
        (subject_kind = 'role' and subject_id = any(${[...roleIds]}::text[]))
      )
    ) as grants, ${raised(transaction, plan, approver, operation.number)}`;
  const standing = standingOf((row?.grants ?? []).map(toGrant), { userId: approver, roleIds }, ctx.ownerIds);
  const { delta } = plan;
  const counted = { byActor: BigInt(row?.raised_by_actor ?? 0), onTarget: BigInt(row?.raised_on_target ?? 0) };
  for (const permission of approversPermissions(plan)) {
    const decision = decide(standing, permission, { target: facts, panel: plan.panel.id });
    if (!decision.allowed) throw decision.refusal;
    const passed = delta && !standing.owner ? passedLimit(decision.grants, delta, counted) : null;
    if (passed) throw passed;
  }
}

async function countApproval(
  ctx: Context,
  transaction: Transaction,
  { operation: { number, memberId }, panel, accountId }: StoredOperation,
): Promise<number> {
  const userId = actorId(ctx.actor);
  const inserted = await transaction`
    insert into approvals (operation, user_id, decision) values (${number}, ${userId}, 'approved')
    on conflict do nothing returning operation`;
  if (inserted.length === 0) throw refuse('approval.again', {});
  await recordAudit(transaction, {
    actorId: userId,
    action: 'operation.approve',
    outcome: 'succeeded',
    ...{ panel, accountId, memberId, operation: number },
    facts: {},
  });
  await oweNotice(transaction, { kind: 'card', operation: number });
  const [row] = await transaction<{ count: number }[]>`
    select count(*)::integer as count from approvals where operation = ${number} and decision = 'approved'`;
  return row?.count ?? 0;
}

/** From here on it is an intent as any other: as things are now, not as they were when it was asked for. */
async function carryOn(
  ctx: Context,
  transaction: Transaction,
  { number, key, token }: { readonly number: number; readonly key: string; readonly token: string },
  plan: OperationPlan,
): Promise<SummaryRow> {
  const [row] = await transaction<SummaryRow[]>`
    update operations set state = 'pending', attempt_token = ${token},
      lease_until = now() + make_interval(secs => ${ctx.timing.leaseMs / 1000}), due_at = ${plan.dueAt},
      state_before = ${jsonParameter(transaction, toStored(plan.before))}, member_id = ${plan.memberId},
      input = ${jsonParameter(transaction, toStored(plan.input))}
    where number = ${number} returning ${transaction(SUMMARY_COLUMNS)}`;
  if (!row) throw new Error('the operation is locked, so it is there');
  if (ctx.owe) await ctx.owe(transaction, key);
  return row;
}
