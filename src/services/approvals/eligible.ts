import { type Permission, VERB_PERMISSIONS } from '../../domain/permission.ts';
import type { Context } from '../context.ts';
import type { OperationPlan } from '../operations/plan.ts';
import type { OperationSummary } from '../operations/summary.ts';
import { type Grant, permissionsOf } from '../policy/grants.ts';
import { passedLimit } from '../policy/limits.ts';

/** What an approver needs beside the rights of the deed itself, where it moves credits. */
const APPROVING: Permission = 'credits.approve';

/** What somebody needs at the least to say yes or no: the right to approve movements of credits, or the right to any other deed itself. */
export function decidersPermission({ verb, delta }: Pick<OperationSummary, 'verb' | 'delta'>): Permission {
  return delta === null ? VERB_PERMISSIONS[verb] : APPROVING;
}

/** All that an approver needs. */
export function approversPermissions({
  permissions,
  delta,
}: Pick<OperationPlan, 'permissions' | 'delta'>): readonly Permission[] {
  return delta === null ? permissions : [...permissions, APPROVING];
}

/**
 * How many other people could approve it, as far as the policy and Discord tell: owners, users by their grants, and the members of roles
 * that are granted what it takes. Who is in several roles is counted once for each, so it may be fewer; whether one may is asked again
 * when they press.
 */
export async function countEligible(ctx: Context, plan: OperationPlan): Promise<number> {
  const { grants } = ctx.policy.current();
  const needed = approversPermissions(plan);
  const covers = (own: readonly Grant[]) =>
    needed.every((permission) => {
      const giving = own.filter(
        (grant) => permissionsOf(grant).includes(permission) && (grant.panel === null || grant.panel === plan.panel.id),
      );
      if (giving.length === 0) return false;
      return !plan.delta || passedLimit(giving, plan.delta, { byActor: 0n, onTarget: 0n }) === null;
    });
  const barred = new Set([ctx.actor.kind === 'member' ? ctx.actor.userId : '', plan.memberId ?? '']);
  const bySubject = Map.groupBy(grants, ({ subjectKind, subjectId }) => `${subjectKind}:${subjectId}`);
  const able = new Set(ctx.ownerIds.filter((ownerId) => !barred.has(ownerId)));
  const roleIds: string[] = [];
  for (const [subject, own] of bySubject) {
    if (!covers(own)) continue;
    const [kind = '', id = ''] = subject.split(':');
    if (kind === 'role') roleIds.push(id);
    else if (!barred.has(id)) able.add(id);
  }
  return able.size + (await othersInRoles(ctx, roleIds, barred));
}

async function othersInRoles(ctx: Context, roleIds: readonly string[], barred: ReadonlySet<string>): Promise<number> {
  if (roleIds.length === 0) return 0;
  try {
    const counts = await ctx.members.counts();
    const barredRoles = await Promise.all([...barred].filter((id) => id !== '').map((id) => ctx.members.rolesOf(id)));
    return roleIds.reduce((sum, roleId) => {
      const theirs = barredRoles.filter((roles) => roles?.includes(roleId)).length;
      return sum + Math.max(0, (counts.get(roleId) ?? 0) - theirs);
    }, 0);
  } catch (error) {
    // Discord does not say who is in a role: then there may be somebody, and the time-out declines what nobody approves.
    ctx.log.warn({ error }, 'the members of roles could not be counted');
    return Number.POSITIVE_INFINITY;
  }
}
