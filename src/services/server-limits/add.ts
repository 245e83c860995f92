import type { AccountReference } from '../../domain/account.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type LimitMove, limitVerb } from './change.ts';

export const ADD_LIMIT = limitVerb({
  verb: 'limit.add',
  by: (count) => count,
  run: (ability, accountId, { count }, _, change) => ability.add(accountId, count, change),
});

/** Lets an account have more servers. */
export async function addLimit(
  ctx: Context,
  input: { target: AccountReference; count: number; reason: string },
): Promise<Outcome<LimitMove>> {
  return operate(ctx, ADD_LIMIT, input.target, { count: input.count, reason: checkReason(input.reason) });
}
