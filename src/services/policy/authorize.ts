import type { Account } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { PERMISSIONS } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { decide, type TargetFacts } from './decide.ts';
import { targetFacts } from './facts.ts';
import { type GrantRow, type Standing, standingOf, toGrant } from './grants.ts';

/** The standing of whoever acts, from the snapshot in memory. @throws Refusal `policy.stale` */
export function actorStanding(ctx: Context): Standing {
  if (ctx.actor.kind === 'system') return { userId: 'system', roleIds: [], owner: true, grants: [] };
  return standingOf(ctx.policy.current().grants, ctx.actor, ctx.ownerIds);
}

/** Whether the actor holds a permission, on a panel or on any at all: from memory, before anything is looked up. @throws Refusal `policy.stale` */
export function allowed(ctx: Context, permission: Permission, panel?: string): boolean {
  return decide(actorStanding(ctx), permission, panel === undefined ? {} : { panel }).allowed;
}

/**
 * May the actor use this permission, on this panel, on this account? `facts` are those already read of that account.
 *
 * @returns the facts of the account that it decided by, for callers that ask on.
 * @throws Refusal with the reason when not.
 */
export async function authorize(
  ctx: Context,
  permission: Permission,
  scope: { panel?: string; account?: Account; facts?: TargetFacts | null } = {},
): Promise<TargetFacts | null> {
  const standing = actorStanding(ctx);
  const panel = scope.account?.panel ?? scope.panel;
  const first = decide(standing, permission, panel === undefined ? {} : { panel });
  if (!first.allowed) throw first.refusal;
  if (!scope.account) return null;
  const target = scope.facts ?? (await targetFacts(ctx, scope.account));
  const decision = decide(standing, permission, { target });
  if (!decision.allowed) throw decision.refusal;
  return target;
}

/**
 * Asks once more, in the transaction of a change: a right that was taken a moment ago is gone, whatever this process still remembers.
 *
 * @throws Refusal `policy.denied`
 */
export async function authorizeNow(
  ctx: Context,
  transaction: Transaction,
  permission: Permission,
  panel?: string,
): Promise<void> {
  if (ctx.actor.kind === 'system') return;
  const { userId, roleIds } = ctx.actor;
  const rows = await transaction<GrantRow[]>`
    select id, subject_kind, subject_id, permission, preset, panel, per_act, per_day from grants
    where revoked_at is null and (
      (subject_kind = 'user' and subject_id = ${userId}) or (subject_kind = 'role' and subject_id = any(${[...roleIds]}::text[]))
    )`;
  const standing = standingOf(rows.map(toGrant), ctx.actor, ctx.ownerIds);
  const decision = decide(standing, permission, panel === undefined ? {} : { panel });
  if (!decision.allowed) throw decision.refusal;
}

/** Everything that the actor may do to an account: which buttons its card has. */
export function permissionsOn(ctx: Context, target: TargetFacts): ReadonlySet<Permission> {
  const standing = actorStanding(ctx);
  return new Set(PERMISSIONS.filter((permission) => decide(standing, permission, { target }).allowed));
}

/** @throws Refusal `policy.denied` when the actor is not linked to the account: members see their own only. */
export async function authorizeOwn(ctx: Context, target: { panel: string; accountId: string }): Promise<void> {
  const [link] = await ctx.store.sql`
    select from links where panel = ${target.panel} and account_id = ${target.accountId}
    and user_id = ${ctx.actor.kind === 'member' ? ctx.actor.userId : ''} and removed_at is null`;
  if (!link) throw refuse('policy.denied', { permission: null });
}
