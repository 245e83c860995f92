import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type LimitMove, limitVerb } from './change.ts';

export const SET_LIMIT = limitVerb({
  verb: 'limit.set',
  // What was read is no part of what was meant: delivered again, it would no longer be the same.
  by(count, limit) {
    if (count === limit) throw refuse('limit.unchanged', { limit });
    return count - limit;
  },
  run: (ability, accountId, { count }, limit, change) => ability.set(accountId, count, limit, change),
  shows: ({ count }, before, now) => (now === count ? true : now === before ? false : null),
});

/** Sets how many servers an account may have. */
export async function setLimit(
  ctx: Context,
  input: { target: AccountReference; count: number; reason: string },
): Promise<Outcome<LimitMove>> {
  return operate(ctx, SET_LIMIT, input.target, { count: input.count, reason: checkReason(input.reason) });
}
