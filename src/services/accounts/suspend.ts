import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, changePlan } from './plan.ts';
import { checkReason } from './reason.ts';

/** Suspends an account until it is lifted. */
export async function suspendAccount(
  ctx: Context,
  input: { target: AccountReference; reason: string },
): Promise<Outcome<AccountChange>> {
  const reason = checkReason(input.reason);
  return operate(ctx, input.target, async () => {
    const loaded = await loadForChange(ctx, ['accounts.suspend'], input.target);
    const suspension = requireAbility(loaded.panel, 'suspension');
    if (loaded.account.status === 'suspended') throw refuse('account.already_suspended', {});
    return changePlan(ctx, loaded, {
      verb: 'account.suspend',
      permission: 'accounts.suspend',
      input: { reason },
      reason,
      effect: (change) => suspension.suspend(loaded.account.id, reason, change),
    });
  });
}
