import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, changePlan } from './plan.ts';

/** Marks an account's e-mail as verified. */
export async function verifyAccount(
  ctx: Context,
  input: { target: AccountReference },
): Promise<Outcome<AccountChange>> {
  return operate(ctx, input.target, async () => {
    const loaded = await loadForChange(ctx, ['accounts.verify'], input.target);
    const verification = requireAbility(loaded.panel, 'verification');
    if (loaded.account.verified) throw refuse('account.already_verified', {});
    return changePlan(ctx, loaded, {
      verb: 'account.verify',
      permission: 'accounts.verify',
      input: {},
      effect: (change) => verification.verify(loaded.account.id, change),
    });
  });
}
