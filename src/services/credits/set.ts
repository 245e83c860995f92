import type { AccountReference } from '../../domain/account.ts';
import { parseAmount, subtract } from '../../domain/money.ts';
import { refuse } from '../../domain/refusal.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type BalanceMove, movementVerb, unitFor } from './move.ts';

export const SET = movementVerb({
  verb: 'credits.set',
  permissions: (delta) => (delta.minor > 0n ? ['credits.set', 'credits.grant'] : ['credits.set']),
  // What was read is no part of what was meant: delivered again, it would no longer be the same.
  delta({ amount: wanted }, balance) {
    const delta = subtract(wanted, balance);
    if (delta.minor === 0n) throw refuse('credits.unchanged', { balance });
    return delta;
  },
  run: (ability, accountId, { amount: wanted }, balance, change) => ability.set(accountId, wanted, balance, change),
});

/** Sets a balance. Raising one so is a grant as well: it needs `credits.grant`, and the difference counts against its limits. */
export async function setCredits(
  ctx: Context,
  input: { target: AccountReference; amount: string; reason: string },
): Promise<Outcome<BalanceMove>> {
  const reason = checkReason(input.reason);
  const amount = parseAmount(input.amount, await unitFor(ctx, 'credits.set', input.target));
  return operate(ctx, SET, input.target, { amount, reason });
}
