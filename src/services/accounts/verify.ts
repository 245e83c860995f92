import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, accountOf, accountPlan, accountVerb } from './plan.ts';

export const VERIFY = accountVerb<Record<never, never>>({
  verb: 'account.verify',
  ability: 'verification',
  async plan(ctx, target, input) {
    const loaded = await loadForChange(ctx, ['accounts.verify'], accountOf(target));
    requireAbility(loaded.panel, 'verification');
    if (loaded.account.verified) throw refuse('account.already_verified', {});
    return accountPlan(ctx, loaded, { permissions: ['accounts.verify'], input });
  },
  change: (account, { panel }, change) => requireAbility(panel, 'verification').verify(account.id, change),
  shows: (_, now) => now?.verified ?? null,
});

/** Marks an account's e-mail as verified. */
export async function verifyAccount(
  ctx: Context,
  input: { target: AccountReference },
): Promise<Outcome<AccountChange>> {
  return operate(ctx, VERIFY, input.target, {});
}
