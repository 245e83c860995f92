import type { AccountReference } from '../../domain/account.ts';
import { parsePositiveAmount } from '../../domain/money.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type BalanceMove, movementVerb, unitFor } from './move.ts';

export const GRANT = movementVerb({
  verb: 'credits.grant',
  permissions: () => ['credits.grant'],
  delta: ({ amount }) => amount,
  run: (ability, accountId, { amount }, _, change) => ability.add(accountId, amount, change),
});

/** Adds credits to an account. */
export async function grantCredits(
  ctx: Context,
  input: { target: AccountReference; amount: string; reason: string },
): Promise<Outcome<BalanceMove>> {
  const reason = checkReason(input.reason);
  const amount = parsePositiveAmount(input.amount, await unitFor(ctx, 'credits.grant', input.target));
  return operate(ctx, GRANT, input.target, { amount, reason });
}
