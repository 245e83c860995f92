import { actorId } from '../../domain/actor.ts';
import { parseAmount } from '../../domain/money.ts';
import { OWNER_GIVEN, type Permission, type Preset, rankOf } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { recordAudit } from '../audit/record.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { oweNotice } from '../notices/owe.ts';
import { authorize } from './authorize.ts';
import { decide } from './decide.ts';
import {
  type Grant,
  type GrantRow,
  grantsCovering,
  permissionsOf,
  rankOfStanding,
  type Standing,
  standingOf,
  toGrant,
} from './grants.ts';

export interface GrantSubject {
  readonly kind: 'role' | 'user';
  readonly id: string;
}

export interface GrantInput {
  readonly subject: GrantSubject;
  /** Exactly one of the two. */
  readonly permission: Permission | null;
  readonly preset: Preset | null;
  readonly panel: string | null;
  /** Decimal text; null: no limit. */
  readonly perAct: string | null;
  readonly perDay: string | null;
}

/** One change of the policy at a time, so that what is checked is what holds. */
const LOCK = 'steward:policy';

/** Limits are checked as text here, for any panel; this scale is finer than any panel's. */
const LIMIT_UNIT = { code: 'limit', scale: 6 };

/**
 * Gives a permission or a preset to a role or a user. Nobody gives beyond their own rights and limits, to themselves, to a role that
 * they hold or that ranks at or above theirs, or to @everyone and the roles of bots.
 */
export async function grantPermission(ctx: Context, input: GrantInput): Promise<Grant> {
  await authorize(ctx, 'policy.manage', input.panel === null ? {} : { panel: input.panel });
  if (input.panel !== null) ctx.panels.get(input.panel);
  if ((input.permission === null) === (input.preset === null)) {
    throw refuse('input.invalid', { field: 'permission', problem: 'missing' });
  }
  for (const limit of [input.perAct, input.perDay]) if (limit !== null) parseAmount(limit, LIMIT_UNIT);
  await refuseSpecialRoles(ctx, input.subject);
  const subjectRoles = input.subject.kind === 'user' ? ((await ctx.members.rolesOf(input.subject.id)) ?? []) : [];
  const grant = await changePolicy(ctx, async (transaction, grants, standing) => {
    refuseBeyond(ctx, standing, grants, input, subjectRoles);
    const [row] = await transaction<GrantRow[]>`
      insert into grants (subject_kind, subject_id, permission, preset, panel, per_act, per_day, created_by, origin)
      values (
        ${input.subject.kind}, ${input.subject.id}, ${input.permission}, ${input.preset}, ${input.panel}, ${input.perAct},
        ${input.perDay}, ${standing.userId}, ${ctx.origin}
      )
      on conflict (origin) do update set origin = excluded.origin
      returning id::integer, subject_kind, subject_id, permission, preset, panel, per_act, per_day, xmax = 0 as fresh`;
    if (!row) throw new Error('a grant that was inserted is returned');
    const granted = toGrant(row);
    if ((row as { fresh?: boolean }).fresh) await announce(transaction, ctx, 'policy.grant', granted);
    return granted;
  });
  await ctx.policy.refresh();
  return grant;
}

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
    refuseBeyondRevocation(standing, grants, found, subjectRoles);
    await transaction`update grants set revoked_at = now(), revoked_by = ${standing.userId} where id = ${grantId}`;
    await announce(transaction, ctx, 'policy.revoke', found);
    return found;
  });
  await ctx.policy.refresh();
  return grant;
}

/** All grants, those of presets first. */
export async function listGrants(ctx: Context): Promise<readonly Grant[]> {
  await authorize(ctx, 'audit.view');
  const { grants } = ctx.policy.current();
  return grants.toSorted((left, right) => rankOfGrant(right) - rankOfGrant(left) || left.id - right.id);
}

const rankOfGrant = (grant: Grant) => (grant.preset ? rankOf(grant.preset) : -1);

async function changePolicy<Result>(
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

async function refuseSpecialRoles(ctx: Context, subject: GrantSubject): Promise<void> {
  if (subject.kind !== 'role') return;
  if (subject.id === ctx.homeGuildId) throw refuse('grant.everyone', {});
  const role = (await ctx.members.roles()).find(({ id }) => id === subject.id);
  if (!role) throw refuse('role.unknown', { role: '' });
  if (role.managed) throw refuse('grant.managed_role', {});
}

function refuseBeyond(
  ctx: Context,
  standing: Standing,
  grants: readonly Grant[],
  input: GrantInput,
  subjectRoles: readonly string[],
): void {
  if (input.preset === 'owner') throw refuse('grant.rank', { preset: 'owner' });
  if (input.subject.kind === 'user' && input.subject.id === standing.userId) throw refuse('grant.own_role', {});
  if (standing.owner) return;
  refuseElsewhere(standing, input.panel);
  if (input.subject.kind === 'role' && standing.roleIds.includes(input.subject.id)) throw refuse('grant.own_role', {});
  const mine = rankOfStanding(standing);
  if (input.preset && rankOf(input.preset) >= mine) throw refuse('grant.rank', { preset: input.preset });
  const theirs = rankOfStanding(subjectStanding(ctx, grants, input.subject, subjectRoles));
  if (theirs > rankOf('member') && theirs >= mine) throw refuse('policy.rank', {});
  const wanted = permissionsOf({ ...input, id: 0, subjectKind: input.subject.kind, subjectId: input.subject.id });
  for (const permission of wanted) {
    if (OWNER_GIVEN.has(permission)) throw refuse('grant.owner_given', { permission });
    const own = grantsCovering(standing, permission, input.panel);
    if (own.length === 0) throw refuse('grant.beyond', { permission });
    if (!covers(own, input.perAct, 'perAct') || !covers(own, input.perDay, 'perDay'))
      throw refuse('grant.beyond_limit', { permission });
  }
}

/** Who manages the policy of one panel changes what holds there, and nothing that holds on others too. */
function refuseElsewhere(standing: Standing, panel: string | null): void {
  const permission = 'policy.manage';
  if (grantsCovering(standing, permission, panel).length === 0) throw refuse('policy.denied', { permission });
}

function subjectStanding(
  ctx: Context,
  grants: readonly Grant[],
  subject: GrantSubject,
  subjectRoles: readonly string[],
): Standing {
  if (subject.kind === 'user') return standingOf(grants, { userId: subject.id, roleIds: subjectRoles }, ctx.ownerIds);
  return standingOf(grants, { userId: '', roleIds: [subject.id] }, []);
}

/** Whether one of the giver's own grants allows at least as much. */
function covers(own: readonly Grant[], limit: string | null, which: 'perAct' | 'perDay'): boolean {
  return own.some((grant) => {
    const mine = grant[which];
    if (mine === null) return true;
    return limit !== null && parseAmount(limit, LIMIT_UNIT).minor <= parseAmount(mine, LIMIT_UNIT).minor;
  });
}

/** The roles of the user who has a grant, whose rank may come from them. Asked of Discord before anything is locked. */
async function rolesOfHolder(ctx: Context, grantId: number | null): Promise<readonly string[]> {
  await ctx.policy.refresh();
  const grant = ctx.policy.current().grants.find(({ id }) => id === grantId);
  return grant?.subjectKind === 'user' ? ((await ctx.members.rolesOf(grant.subjectId)) ?? []) : [];
}

/** What came from an owner, or concerns one's own or a higher rank, only an owner takes back. */
function refuseBeyondRevocation(
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
  const subject =
    grant.subjectKind === 'role'
      ? standingOf(grants, { userId: '', roleIds: [grant.subjectId] }, [])
      : standingOf(grants, { userId: grant.subjectId, roleIds: subjectRoles }, []);
  if (permission && rankOfStanding(subject) >= rankOfStanding(standing)) throw refuse('policy.rank', {});
}

/** What this same request took back, when it was delivered before. */
async function revokedBefore(ctx: Context, transaction: Transaction): Promise<Grant | null> {
  const [row] = await transaction<{ grant: Grant }[]>`
    select facts - 'origin' as grant from audit
    where actor_id = ${actorId(ctx.actor)} and action = 'policy.revoke' and facts ->> 'origin' = ${ctx.origin}`;
  return row?.grant ?? null;
}

async function announce(
  transaction: Transaction,
  ctx: Context,
  action: 'policy.grant' | 'policy.revoke',
  grant: Grant,
): Promise<void> {
  const actor = actorId(ctx.actor);
  const facts = { ...grant, origin: ctx.origin };
  await recordAudit(transaction, { actorId: actor, action, outcome: 'succeeded', panel: grant.panel, facts });
  await oweNotice(transaction, { kind: 'policy', content: { action, actorId: actor, grant: { ...grant } } });
}
