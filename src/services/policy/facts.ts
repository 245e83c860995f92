import type { Account } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { RECENT_DAYS, type TargetFacts } from './decide.ts';
import { standingOf } from './grants.ts';

/** What a panel may hold beside an account is not always an id. */
const DISCORD_ID = /^[1-9]\d{16,18}$/;

interface FactsRow {
  member_id: string | null;
  ever_linked: boolean;
  created_for_oneself: boolean;
  recent: boolean;
}

/**
 * Reads what the rules need to know of an account. The roles of whose it is are asked of Discord only when their rank could matter.
 *
 * @throws Refusal `policy.stale` when their roles cannot be learnt: their rank is then unknown.
 */
export async function targetFacts(ctx: Context, account: Account): Promise<TargetFacts> {
  const actor = actorId(ctx.actor);
  const { panel, id } = account;
  const [row] = await ctx.store.sql<FactsRow[]>`
    select
      (select user_id from links where panel = ${panel} and account_id = ${id} and removed_at is null) as member_id,
      exists (select from links where panel = ${panel} and account_id = ${id} and user_id = ${actor}) as ever_linked,
      exists (
        select from operations where panel = ${panel} and account_id = ${id}
        and verb = 'account.create' and actor_id = ${actor} and member_id = ${actor}
      ) as created_for_oneself,
      exists (
        select from operations where panel = ${panel} and account_id = ${id} and actor_id = ${actor}
        and created_at > now() - ${`${RECENT_DAYS} days`}::interval and state <> 'failed'
        and (verb = 'account.create' or (verb = 'account.edit' and input ? 'email'))
      ) or exists (
        select from links where panel = ${panel} and account_id = ${id} and created_by = ${actor}
        and proof = 'staff' and created_at > now() - ${`${RECENT_DAYS} days`}::interval
      ) as recent`;
  if (!row) throw new Error('the facts of a target are always one row');
  const { member_id: memberId } = row;
  const heldId = account.discordId !== memberId && DISCORD_ID.test(account.discordId ?? '') ? account.discordId : null;
  return {
    panel,
    administrator: account.administrator,
    member: memberId ? { userId: memberId, standing: await memberStanding(ctx, memberId) } : null,
    held: heldId ? { userId: heldId, standing: await memberStanding(ctx, heldId) } : null,
    oneself: row.ever_linked || row.created_for_oneself || memberId === actor || account.discordId === actor,
    recent: row.recent,
  };
}

async function memberStanding(ctx: Context, userId: string) {
  const { grants } = ctx.policy.current();
  const rankByRole = grants.some((grant) => grant.subjectKind === 'role' && grant.preset);
  const needed =
    rankByRole && !ctx.ownerIds.includes(userId) && !(ctx.actor.kind === 'member' && ctx.actor.userId === userId);
  const roleIds = needed ? await rolesOrRefuse(ctx, userId) : [];
  return standingOf(grants, { userId, roleIds }, ctx.ownerIds);
}

async function rolesOrRefuse(ctx: Context, userId: string): Promise<readonly string[]> {
  try {
    return (await ctx.members.rolesOf(userId)) ?? [];
  } catch (error) {
    ctx.log.warn({ error }, 'the roles of whose account it is could not be learnt');
    throw refuse('policy.stale', {});
  }
}
