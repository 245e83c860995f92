import type { AccountReference } from '../../domain/account.ts';
import { negate, parsePositiveAmount } from '../../domain/money.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../operation.ts';
import { type BalanceMove, moveCredits } from './move.ts';

/** Takes credits from an account; never more than it has. */
export function deductCredits(
  ctx: Context,
  input: { target: AccountReference; amount: string; reason: string },
): Promise<Outcome<BalanceMove>> {
  return moveCredits(ctx, input, 'credits.deduct', (ability, account, balance) => {
    const amount = parsePositiveAmount(input.amount, ability.traits.unit);
    if (amount.minor > balance.minor) throw refuse('credits.insufficient', { balance });
    return {
      verb: 'credits.deduct',
      permissions: ['credits.deduct'],
      delta: negate(amount),
      input: { amount },
      run: (change) => ability.remove(account.id, amount, change),
    };
  });
}
