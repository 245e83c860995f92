import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type LimitMove, limitVerb } from './change.ts';

export const REMOVE_LIMIT = limitVerb({
  verb: 'limit.remove',
  by(count, limit) {
    if (count > limit) throw refuse('limit.insufficient', { limit });
    return -count;
  },
  run: (ability, accountId, { count }, _, change) => ability.remove(accountId, count, change),
});

/** Lets an account have fewer servers; never fewer than none. The servers that it has stay. */
export async function removeLimit(
  ctx: Context,
  input: { target: AccountReference; count: number; reason: string },
): Promise<Outcome<LimitMove>> {
  return operate(ctx, REMOVE_LIMIT, input.target, { count: input.count, reason: checkReason(input.reason) });
}
