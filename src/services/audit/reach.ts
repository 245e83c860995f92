import type { Permission } from '../../domain/permission.ts';
import type { Context } from '../context.ts';
import { panelsWith } from '../directory/scope.ts';
import { actorStanding } from '../policy/authorize.ts';
import { grantsCovering } from '../policy/grants.ts';

/** Which rows of the audit log are in somebody's reach. */
export interface Reach {
  /** Those that concern no panel, and those of every panel. */
  readonly all: boolean;
  /** Those of these panels. */
  readonly panels: readonly string[];
}

/** The rows for which the actor holds all of these permissions. @throws Refusal `policy.stale` */
export function auditReach(ctx: Context, permissions: readonly Permission[]): Reach {
  const standing = actorStanding(ctx);
  const held = permissions.map((permission) => new Set(panelsWith(ctx, permission)));
  return {
    all: standing.owner || permissions.every((permission) => grantsCovering(standing, permission, null).length > 0),
    panels: ctx.panels.all.map(({ id }) => id).filter((panel) => held.every((panels) => panels.has(panel))),
  };
}
