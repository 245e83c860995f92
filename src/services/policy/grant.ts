import { parseAmount, toDecimal } from '../../domain/money.ts';
import { OWNER_GIVEN, type Permission, type Preset, rankOf } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { authorize } from './authorize.ts';
import { announceChange, changePolicy, type GrantSubject, refuseElsewhere, standingOfSubject } from './change.ts';
import {
  type Grant,
  type GrantRow,
  grantsCovering,
  permissionsOf,
  rankOfStanding,
  type Standing,
  toGrant,
} from './grants.ts';

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
  const [perAct, perDay] = [limitOf(input.perAct), limitOf(input.perDay)];
  await refuseSpecialRoles(ctx, input.subject);
  const subjectRoles = input.subject.kind === 'user' ? ((await ctx.members.rolesOf(input.subject.id)) ?? []) : [];
  const grant = await changePolicy(ctx, async (transaction, grants, standing) => {
    refuseBeyond(ctx, standing, grants, input, subjectRoles);
    const [row] = await transaction<GrantRow[]>`
      insert into grants (subject_kind, subject_id, permission, preset, panel, per_act, per_day, created_by, origin)
      values (
        ${input.subject.kind}, ${input.subject.id}, ${input.permission}, ${input.preset}, ${input.panel}, ${perAct},
        ${perDay}, ${standing.userId}, ${ctx.origin}
      )
      on conflict (origin) do update set origin = excluded.origin
      returning id::integer, subject_kind, subject_id, permission, preset, panel, per_act, per_day, xmax = 0 as fresh`;
    if (!row) throw new Error('a grant that was inserted is returned');
    const granted = toGrant(row);
    if ((row as { fresh?: boolean }).fresh) await announceChange(transaction, ctx, 'policy.grant', granted);
    return granted;
  });
  await ctx.policy.refresh();
  return grant;
}

/** Decimal text, as every amount is stored: whoever counts against it later reads it exactly. @throws Refusal `amount.…` */
function limitOf(typed: string | null): string | null {
  return typed === null ? null : toDecimal(parseAmount(typed, LIMIT_UNIT));
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
  const theirs = rankOfStanding(standingOfSubject(ctx, grants, input.subject, subjectRoles));
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

/** Whether one of the giver's own grants allows at least as much. */
function covers(own: readonly Grant[], limit: string | null, which: 'perAct' | 'perDay'): boolean {
  return own.some((grant) => {
    const mine = grant[which];
    if (mine === null) return true;
    return limit !== null && parseAmount(limit, LIMIT_UNIT).minor <= parseAmount(mine, LIMIT_UNIT).minor;
  });
}
