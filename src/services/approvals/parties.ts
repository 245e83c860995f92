/** Who asks and who approves: whether they are there, and may. */
import { actorId, type MemberActor } from '../../domain/actor.ts';
import { VERB_PERMISSIONS } from '../../domain/permission.ts';
import { isPassing, Refusal, refuse } from '../../domain/refusal.ts';
import { type Context, createContext } from '../context.ts';
import type { OperationPlan } from '../operations/plan.ts';
import type { StoredOperation } from '../operations/stored.ts';
import { authorize } from '../policy/authorize.ts';
import type { TargetFacts } from '../policy/decide.ts';
import { approversPermissions, decidersPermission } from './eligible.ts';

/** Who asked, with the roles that they have now. @throws Refusal `approval.requester_gone` */
export async function requesterOf(ctx: Context, { operation, key }: StoredOperation): Promise<Context> {
  const userId = operation.actorId;
  const roleIds = await ctx.members.rolesOf(userId);
  if (!roleIds) throw refuse('approval.requester_gone', { userId });
  const actor: MemberActor = { kind: 'member', userId, roleIds };
  return createContext(ctx, { actor, origin: key, confirmed: true });
}

/** What whoever asked may not do any more is said of them, and not of the one who presses. @throws Refusal `approval.requester_barred` */
export async function forRequester<Value>({ operation }: StoredOperation, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    const barred = error instanceof Refusal && error.code.startsWith('policy.') && !isPassing(error);
    throw barred ? refuse('approval.requester_barred', { userId: operation.actorId }) : error;
  }
}

/** Before anything is looked at: what stands in the way of a deed is not for everybody to know. @throws Refusal */
export async function permitAtAll(ctx: Context, { operation, panel }: StoredOperation): Promise<void> {
  const { number, dueAt } = operation;
  if (dueAt && ctx.clock.now() >= dueAt) throw refuse('approval.over', { number, state: 'failed' });
  if (actorId(ctx.actor) === operation.actorId) throw refuse('approval.own', {});
  await authorize(ctx, VERB_PERMISSIONS[operation.verb], { panel });
  await authorize(ctx, decidersPermission(operation), { panel });
}

/** Never whose account it is; and with the rights to it themselves. @throws Refusal */
export async function permitApprover(ctx: Context, plan: OperationPlan, facts: TargetFacts | null): Promise<void> {
  const approver = actorId(ctx.actor);
  if (approver === plan.memberId || facts?.oneself) throw refuse('approval.own', {});
  for (const permission of approversPermissions(plan)) {
    await authorize(ctx, permission, plan.before ? { account: plan.before, facts } : { panel: plan.panel.id });
  }
}
