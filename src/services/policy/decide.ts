/** The rules of the policy, whole and pure: who they are, what they want, to whom, and the decision with its reason. */
import type { Permission } from '../../domain/permission.ts';
import { rankOf } from '../../domain/permission.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { type Grant, grantsFor, rankOfStanding, type Standing } from './grants.ts';

/** For how many days credits to an account need somebody else than who made, linked or re-addressed it. */
export const RECENT_DAYS = 7;

/** What the rules need to know of an account. */
export interface TargetFacts {
  readonly panel: string;
  /** The account may administer its panel. */
  readonly administrator: boolean;
  /** The Discord user now linked to it, with their standing; null when nobody is. */
  readonly member: { readonly userId: string; readonly standing: Standing } | null;
  /** The Discord user whom the panel itself holds for it, where that is not the one who is linked: their rank protects it as well. */
  readonly held: { readonly userId: string; readonly standing: Standing } | null;
  /** The actor is, or ever was, linked to it, here or by the panel, or made it for themselves. */
  readonly oneself: boolean;
  /** Within {@link RECENT_DAYS} the actor created it, linked it, or gave it a new e-mail: raising its balance needs an approval. */
  readonly recent: boolean;
}

export type Decision =
  | {
      readonly allowed: true;
      readonly because: 'owner' | Grant;
      readonly grants: readonly Grant[];
      /** Why somebody else has to approve it, where they do. */
      readonly approval: Refusal | null;
    }
  | { readonly allowed: false; readonly refusal: Refusal };

/** Permissions whose use reads only: target rules do not apply to looking. */
const READING: ReadonlySet<Permission> = new Set([
  'accounts.view',
  'accounts.reveal',
  'accounts.notes',
  'accounts.export',
  'credits.view',
  'audit.view',
]);

/** What nobody does to themselves. */
const NOT_ONESELF: ReadonlySet<Permission> = new Set([
  'credits.grant',
  'credits.deduct',
  'credits.set',
  'accounts.roles',
  'accounts.delete',
  'limits.edit',
]);

/** What raises a balance, for which nobody is trusted alone on an account of their own making. */
const RAISING: ReadonlySet<Permission> = new Set(['credits.grant', 'credits.set']);

/**
 * Decides whether somebody may use a permission, on a panel, on an account. Limits are not decided here: they are counted inside
 * the transaction that states the intent.
 */
export function decide(
  standing: Standing,
  permission: Permission,
  scope: { panel?: string; target?: TargetFacts | null } = {},
): Decision {
  const panel = scope.target?.panel ?? scope.panel;
  const grants = grantsFor(standing, permission, panel);
  const [first] = grants;
  if (!standing.owner && !first) return { allowed: false, refusal: refuse('policy.denied', { permission }) };
  const refusal = scope.target ? targetRefusal(standing, permission, scope.target) : null;
  if (refusal) return { allowed: false, refusal };
  const recent = scope.target?.recent === true && RAISING.has(permission);
  const approval = recent ? refuse('policy.recent', { days: RECENT_DAYS }) : null;
  return { allowed: true, because: standing.owner || !first ? 'owner' : first, grants, approval };
}

function targetRefusal(standing: Standing, permission: Permission, target: TargetFacts): Refusal | null {
  if (READING.has(permission)) return null;
  if (target.oneself && NOT_ONESELF.has(permission)) return refuse('policy.oneself', {});
  if (target.administrator && !standing.owner && grantsFor(standing, 'accounts.protected', target.panel).length === 0) {
    return refuse('policy.protected', {});
  }
  return rankRefusal(standing, target.member) ?? rankRefusal(standing, target.held);
}

/** Rank protects other people; on their own account everyone has the rank that they have. */
function rankRefusal(standing: Standing, member: TargetFacts['member']): Refusal | null {
  if (!member || member.userId === standing.userId || standing.owner) return null;
  if (member.standing.owner) return refuse('policy.owner_only', {});
  const theirs = rankOfStanding(member.standing);
  if (theirs > rankOf('member') && theirs >= rankOfStanding(standing)) return refuse('policy.rank', {});
  return null;
}
