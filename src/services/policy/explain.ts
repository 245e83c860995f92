import type { AccountReference } from '../../domain/account.ts';
import { OWNER_GIVEN, type Permission, PRESET_PERMISSIONS, PRESETS, type Preset } from '../../domain/permission.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { look } from '../accounts/load.ts';
import { type Context, createContext } from '../context.ts';
import { type DirectoryRow, directoryRow } from '../directory/find.ts';
import { authorize } from './authorize.ts';
import { decide } from './decide.ts';
import { targetFacts } from './facts.ts';
import { type Grant, permissionsOf, standingOf, withPanelLabel } from './grants.ts';

/** Why somebody may or may not do something. */
export interface Explanation {
  readonly memberId: string;
  readonly permission: Permission;
  /** The account that was asked about, if any. */
  readonly account: DirectoryRow | null;
  readonly owner: boolean;
  /** Every grant of theirs, by user and by role: what they do have. */
  readonly grants: readonly Grant[];
  /** The grants among them that give the permission. */
  readonly giving: readonly Grant[];
  /** Null when they may. */
  readonly refusal: Refusal | null;
  /** The lowest preset that holds it; null when only an owner gives it. */
  readonly lowestPreset: Preset | null;
  /** Roles and users whose grants hold it: whom to ask. */
  readonly holders: readonly Grant[];
}

/** Explains a decision of the policy for somebody, with the roles that they have now, as it would be taken now. */
export async function explain(
  ctx: Context,
  input: { memberId: string; permission: Permission; target: AccountReference | null },
): Promise<Explanation> {
  await authorize(ctx, 'accounts.view', input.target ? { panel: input.target.panel } : {});
  const { grants } = ctx.policy.current();
  const { permission, target, memberId } = input;
  const member = { userId: memberId, roleIds: (await ctx.members.rolesOf(memberId)) ?? [] };
  const standing = standingOf(grants, member, ctx.ownerIds);
  const decision = decide(standing, permission, { target: target ? await factsFor(ctx, member, target) : null });
  const readable = (grant: Grant) => withPanelLabel(ctx.panels, grant);
  const holds = (grant: Grant) => permissionsOf(grant).includes(permission);
  return {
    memberId,
    permission,
    account: target ? await directoryRow(ctx, target) : null,
    owner: standing.owner,
    grants: standing.grants.map(readable),
    giving: standing.grants.filter(holds).map(readable),
    refusal: decision.allowed ? null : decision.refusal,
    lowestPreset: OWNER_GIVEN.has(permission)
      ? null
      : (PRESETS.find((preset) => PRESET_PERMISSIONS[preset].includes(permission)) ?? null),
    holders: grants.filter(holds),
  };
}

/** The facts of the account as they are for that member, not for who asks. */
async function factsFor(
  ctx: Context,
  member: { userId: string; roleIds: readonly string[] },
  target: AccountReference,
) {
  const panel = ctx.panels.get(target.panel);
  const account = await look(ctx, panel, (call) => panel.get(target.accountId, call));
  if (!account) throw refuse('target.unknown', { text: '' });
  const theirs = createContext(ctx, {
    actor: { kind: 'member', ...member },
    origin: ctx.origin,
  });
  return targetFacts(theirs, account);
}
