import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type AccountCard, cardOf } from './card.ts';
import { loadForChange, look } from './load.ts';
import { type AccountChange, changePlan } from './plan.ts';
import { checkReason } from './reason.ts';

/** What would go with an account, in the panel's own plain sentences. Changes nothing. */
export async function previewDeletion(
  ctx: Context,
  target: AccountReference,
): Promise<{ card: AccountCard; effects: readonly string[]; soft: boolean }> {
  const loaded = await loadForChange(ctx, ['accounts.delete'], target);
  const deletion = requireAbility(loaded.panel, 'deletion');
  const preview = await look(ctx, loaded.panel, (call) => deletion.preview(loaded.account.id, call));
  const effects = [...preview, ...deletion.traits.effects];
  return { card: await cardOf(ctx, loaded), effects, soft: deletion.traits.soft };
}

/** Deletes an account, once its username was typed as it is. */
export async function deleteAccount(
  ctx: Context,
  input: { target: AccountReference; reason: string; typedUsername: string },
): Promise<Outcome<AccountChange>> {
  const reason = checkReason(input.reason);
  return operate(ctx, input.target, async () => {
    const loaded = await loadForChange(ctx, ['accounts.delete'], input.target);
    const deletion = requireAbility(loaded.panel, 'deletion');
    const { account } = loaded;
    if (input.typedUsername.trim() !== account.username) throw refuse('account.confirmation_differs', {});
    return changePlan(ctx, loaded, {
      verb: 'account.delete',
      permission: 'accounts.delete',
      input: { reason },
      reason,
      facts: { status: account.status },
      effect: async (change) => {
        await deletion.delete(account.id, change);
        return { ...account, status: 'deleted' };
      },
    });
  });
}
