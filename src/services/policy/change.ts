/** What every change of the policy has in common, whoever gets or loses what. */
import { actorId } from '../../domain/actor.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { recordAudit } from '../audit/record.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { owePolicyNotice } from '../notices/owe.ts';
import { decide } from './decide.ts';
import { type Grant, type GrantRow, grantsCovering, type Standing, standingOf, toGrant } from './grants.ts';

/** One change of the policy at a time, so that what is checked is what holds. */
const LOCK = 'steward:policy';

export interface GrantSubject {
  readonly kind: 'role' | 'user';
  readonly id: string;
}

/** Runs a change under the lock, with the grants and the actor's standing as they are then. @throws Refusal `policy.denied` */
export async function changePolicy<Result>(
  ctx: Context,
  change: (transaction: Transaction, grants: readonly Grant[], standing: Standing) => Promise<Result>,
): Promise<Result> {
  if (ctx.actor.kind !== 'member') throw refuse('policy.denied', { permission: 'policy.manage' });
  const { actor } = ctx;
  return ctx.store.sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`;
    const rows = await transaction<GrantRow[]>`
      select id, subject_kind, subject_id, permission, preset, panel, per_act, per_day from grants where revoked_at is null order by id`;
    const grants = rows.map(toGrant);
    const standing = standingOf(grants, actor, ctx.ownerIds);
    const decision = decide(standing, 'policy.manage');
    if (!decision.allowed) throw decision.refusal;
    await consumePress(ctx, transaction);
    return (await change(transaction, grants, standing)) as Awaited<Result>;
  }) as Promise<Result>;
}

/** Who manages the policy of one panel changes what holds there, and nothing that holds on others too. */
export function refuseElsewhere(standing: Standing, panel: string | null): void {
  const permission = 'policy.manage';
  if (grantsCovering(standing, permission, panel).length === 0) throw refuse('policy.denied', { permission });
}

/** Who has or is to have a grant, to the policy. `roleIds` are those of a user. */
export function standingOfSubject(
  ctx: Context,
  grants: readonly Grant[],
  subject: GrantSubject,
  roleIds: readonly string[],
): Standing {
  if (subject.kind === 'user') return standingOf(grants, { userId: subject.id, roleIds: roleIds }, ctx.ownerIds);
  return standingOf(grants, { userId: '', roleIds: [subject.id] }, []);
}

/** Records a change, and owes its line to the audit channel and the owners. */
export async function announceChange(
  transaction: Transaction,
  ctx: Context,
  action: 'policy.grant' | 'policy.revoke',
  grant: Grant,
): Promise<void> {
  const actor = actorId(ctx.actor);
  const facts = { ...grant, origin: ctx.origin };
  await recordAudit(transaction, { actorId: actor, action, outcome: 'succeeded', panel: grant.panel, facts });
  await owePolicyNotice(transaction, ctx.ownerIds, { action, actorId: actor, grant: { ...grant } });
}
