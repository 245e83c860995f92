import type { AccountReference } from '../../domain/account.ts';
import { negate, parsePositiveAmount } from '../../domain/money.ts';
import { refuse } from '../../domain/refusal.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type BalanceMove, movementVerb, unitFor } from './move.ts';

export const DEDUCT = movementVerb({
  verb: 'credits.deduct',
  permissions: () => ['credits.deduct'],
  delta({ amount }, balance) {
    if (amount.minor > balance.minor) throw refuse('credits.insufficient', { balance });
    return negate(amount);
  },
  run: (ability, accountId, { amount }, _, change) => ability.remove(accountId, amount, change),
});

/** Takes credits from an account; never more than it has. */
export async function deductCredits(
  ctx: Context,
  input: { target: AccountReference; amount: string; reason: string },
): Promise<Outcome<BalanceMove>> {
  const reason = checkReason(input.reason);
  const amount = parsePositiveAmount(input.amount, await unitFor(ctx, 'credits.deduct', input.target));
  return operate(ctx, DEDUCT, input.target, { amount, reason });
}
