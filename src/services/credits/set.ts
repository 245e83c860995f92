import type { AccountReference } from '../../domain/account.ts';
import { parseAmount, subtract } from '../../domain/money.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../operation.ts';
import { type BalanceMove, moveCredits } from './move.ts';

/** Sets a balance. Raising one so is a grant as well: it needs `credits.grant`, and the difference counts against its limits. */
export async function setCredits(
  ctx: Context,
  input: { target: AccountReference; amount: string; reason: string },
): Promise<Outcome<BalanceMove>> {
  return moveCredits(ctx, input, 'credits.set', (ability, account, balance) => {
    const wanted = parseAmount(input.amount, ability.traits.unit);
    const delta = subtract(wanted, balance);
    if (delta.minor === 0n) throw refuse('credits.unchanged', { balance });
    return {
      verb: 'credits.set',
      permissions: delta.minor > 0n ? ['credits.set', 'credits.grant'] : ['credits.set'],
      delta,
      // What was read is no part of what was meant: delivered again, it would no longer be the same.
      input: { balance: wanted },
      run: (change) => ability.set(account.id, wanted, balance, change),
    };
  });
}
