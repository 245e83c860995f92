import { actorId } from '../../domain/actor.ts';
import { OWNER_GIVEN } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { authorize } from './authorize.ts';
import { announceChange, changePolicy, refuseElsewhere, standingOfSubject } from './change.ts';
import { type Grant, permissionsOf, rankOfStanding, type Standing } from './grants.ts';

/**
 * Takes a grant back. It stays as a row. The same request delivered again takes back no other, and finds what it did: `grantId` is then
 * whatever it came to, null for none.
 */
export async function revokeGrant(ctx: Context, grantId: number | null): Promise<Grant> {
  await authorize(ctx, 'policy.manage');
  const subjectRoles = await rolesOfHolder(ctx, grantId);
  const grant = await changePolicy(ctx, async (transaction, grants, standing) => {
    const before = await revokedBefore(ctx, transaction);
    if (before) return before;
    const found = grants.find(({ id }) => id === grantId);
    if (!found) throw refuse('grant.unknown', {});
    refuseBeyond(ctx, standing, grants, found, subjectRoles);
    await transaction`update grants set revoked_at = now(), revoked_by = ${standing.userId} where id = ${grantId}`;
    await announceChange(transaction, ctx, 'policy.revoke', found);
    return found;
  });
  await ctx.policy.refresh();
  return grant;
}

/** The roles of the user who has a grant, whose rank may come from them. Asked of Discord before anything is locked. */
async function rolesOfHolder(ctx: Context, grantId: number | null): Promise<readonly string[]> {
  await ctx.policy.refresh();
  const grant = ctx.policy.current().grants.find(({ id }) => id === grantId);
  return grant?.subjectKind === 'user' ? ((await ctx.members.rolesOf(grant.subjectId)) ?? []) : [];
}

/** What came from an owner, or concerns one's own or a higher rank, only an owner takes back. */
function refuseBeyond(
  ctx: Context,
  standing: Standing,
  grants: readonly Grant[],
  grant: Grant,
  subjectRoles: readonly string[],
): void {
  if (standing.owner) return;
  refuseElsewhere(standing, grant.panel);
  const [permission] = permissionsOf(grant);
  if (grant.permission && OWNER_GIVEN.has(grant.permission))
    throw refuse('grant.owner_given', { permission: grant.permission });
  const subject = { kind: grant.subjectKind, id: grant.subjectId };
  const theirs = rankOfStanding(standingOfSubject(ctx, grants, subject, subjectRoles));
  if (permission && theirs >= rankOfStanding(standing)) throw refuse('policy.rank', {});
}

/** What this same request took back, when it was delivered before. */
async function revokedBefore(ctx: Context, transaction: Transaction): Promise<Grant | null> {
  const [row] = await transaction<{ grant: Grant }[]>`
    select facts - 'origin' as grant from audit
    where actor_id = ${actorId(ctx.actor)} and action = 'policy.revoke' and facts ->> 'origin' = ${ctx.origin}`;
  return row?.grant ?? null;
}
