import type { Verb } from '../../domain/operation.ts';
import { type Permission, rankOf } from '../../domain/permission.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import type { Circumstances } from '../operations/circumstances.ts';
import type { OperationPlan } from '../operations/plan.ts';
import { decide } from '../policy/decide.ts';
import { rankOfStanding, type Standing, standingOf, toGrant } from '../policy/grants.ts';
import { passedLimit } from '../policy/limits.ts';

/** That an operation waits until others have approved it. */
export interface NeedsApproval {
  /** What it would be refused with if nobody could approve it. */
  readonly refusal: Refusal;
  readonly approvers: number;
  /** When it is declined by itself. */
  readonly until: Date;
}

/** The permissions whose grants carry limits. */
const LIMITED: ReadonlySet<Permission> = new Set(['credits.grant', 'credits.deduct', 'credits.set', 'vouchers.manage']);

const HOUR_MS = 3_600_000;

/**
 * Whether somebody else has to approve it: asked with the grants as they are now, under the transaction's eyes, so that a right which
 * was taken a moment ago is gone.
 *
 * @param isLinked It takes back or ends another operation: what the team wants to be approved always is that one, not its end. Limits
 * hold for it all the same.
 * @throws Refusal when the actor may not at all.
 */
export function approvalNeed(
  ctx: Context,
  verb: Verb,
  plan: OperationPlan,
  circumstances: Circumstances,
  isLinked = false,
): NeedsApproval | null {
  if (ctx.actor.kind === 'system') return null;
  const standing = standingOf(circumstances.grants.map(toGrant), ctx.actor, ctx.ownerIds);
  const refusal = refusalOf(standing, plan, circumstances) ?? (isLinked ? null : alwaysNeeded(ctx, verb, standing));
  if (!refusal) return null;
  const { approvers, approvalHours } = ctx.settings.current();
  return { refusal, approvers, until: new Date(ctx.clock.now().getTime() + approvalHours * HOUR_MS) };
}

function refusalOf(standing: Standing, plan: OperationPlan, circumstances: Circumstances): Refusal | null {
  const raised = { byActor: BigInt(circumstances.raised_by_actor), onTarget: BigInt(circumstances.raised_on_target) };
  let need: Refusal | null = null;
  for (const permission of plan.permissions) {
    const decision = decide(standing, permission, { target: plan.target, panel: plan.panel.id });
    if (!decision.allowed) throw decision.refusal;
    const { delta } = plan;
    if (!delta || !LIMITED.has(permission)) continue;
    if (delta.minor > 0n) need ??= decision.approval;
    if (!standing.owner) need ??= passedLimit(decision.grants, delta, raised);
  }
  return need;
}

/** Deeds that decide on another: scheduling a deletion, and making what gives credits to whoever has its code. */
const DECIDES_ON: Readonly<Partial<Record<Verb, Verb>>> = {
  'account.schedule_deletion': 'account.delete',
  'voucher.create': 'credits.grant',
};

/** What the team wants to be approved always. */
function alwaysNeeded(ctx: Context, verb: Verb, standing: Standing): Refusal | null {
  const { approvalVerbs, approvalExempt } = ctx.settings.current();
  const asked = DECIDES_ON[verb] ?? verb;
  const listed = approvalVerbs.some((each) => each === asked);
  return listed && rankOfStanding(standing) < rankOf(approvalExempt) ? refuse('approval.required', {}) : null;
}
