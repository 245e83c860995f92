import { rankOf } from '../../domain/permission.ts';
import type { Context } from '../context.ts';
import { allowed, authorize } from './authorize.ts';
import type { Grant } from './grants.ts';

/** All grants, those of presets first: for those who read the audit log, and for those who manage the policy. */
export async function listGrants(ctx: Context): Promise<readonly Grant[]> {
  if (!allowed(ctx, 'policy.manage')) await authorize(ctx, 'audit.view');
  const { grants } = ctx.policy.current();
  return grants.toSorted((left, right) => rankOfGrant(right) - rankOfGrant(left) || left.id - right.id);
}

const rankOfGrant = (grant: Grant) => (grant.preset ? rankOf(grant.preset) : -1);
