import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, accountOf, accountPlan, accountVerb } from './plan.ts';
import { checkReason } from './reason.ts';

export const UNSUSPEND = accountVerb<{ readonly reason: string | null }>({
  verb: 'account.unsuspend',
  ability: 'suspension',
  async plan(ctx, target, input, { permissions = ['accounts.suspend'] }) {
    const loaded = await loadForChange(ctx, permissions, accountOf(target));
    requireAbility(loaded.panel, 'suspension');
    if (loaded.account.status !== 'suspended') throw refuse('account.not_suspended', {});
    return accountPlan(ctx, loaded, { permissions, input, reason: input.reason });
  },
  change: (account, { panel }, change) => requireAbility(panel, 'suspension').unsuspend(account.id, change),
  shows: (_, now) => (now && now.status !== 'deleted' ? now.status === 'active' : null),
});

/** Lifts a suspension. */
export async function unsuspendAccount(
  ctx: Context,
  input: { target: AccountReference; reason: string | null },
): Promise<Outcome<AccountChange>> {
  const reason = input.reason === null ? null : checkReason(input.reason);
  return operate(ctx, UNSUSPEND, input.target, { reason });
}
