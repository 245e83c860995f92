import type { AccountReference } from '../../domain/account.ts';
import { parsePositiveAmount } from '../../domain/money.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../operation.ts';
import { type BalanceMove, moveCredits } from './move.ts';

/** Adds credits to an account. */
export function grantCredits(
  ctx: Context,
  input: { target: AccountReference; amount: string; reason: string },
): Promise<Outcome<BalanceMove>> {
  return moveCredits(ctx, input, 'credits.grant', (ability, account) => {
    const amount = parsePositiveAmount(input.amount, ability.traits.unit);
    return {
      verb: 'credits.grant',
      permissions: ['credits.grant'],
      delta: amount,
      input: { amount },
      run: (change) => ability.add(account.id, amount, change),
    };
  });
}
