import type { AccountReference, AccountStatus } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { loadAccount } from './load.ts';
import { type AccountChange, changePlan } from './plan.ts';

/** Brings a deleted account back to the status it had before. */
export async function restoreAccount(
  ctx: Context,
  input: { target: AccountReference },
): Promise<Outcome<AccountChange>> {
  return operate(ctx, input.target, async () => {
    const loaded = await loadAccount(ctx, ['accounts.restore'], input.target);
    const restoration = requireAbility(loaded.panel, 'restoration');
    if (loaded.account.status !== 'deleted') throw refuse('account.not_deleted', {});
    const status = await statusBeforeDeletion(ctx, input.target);
    return changePlan(ctx, loaded, {
      verb: 'account.restore',
      permission: 'accounts.restore',
      input: {},
      facts: { status },
      effect: (change) => restoration.restore(loaded.account.id, status, change),
    });
  });
}

/** As recorded with the deletion; an account that Steward did not delete comes back active. */
async function statusBeforeDeletion(
  ctx: Context,
  { panel, accountId }: AccountReference,
): Promise<'active' | 'suspended'> {
  const [row] = await ctx.store.sql<{ status: AccountStatus }[]>`
    select state_before ->> 'status' as status from operations
    where panel = ${panel} and account_id = ${accountId} and verb = 'account.delete' and state in ('succeeded', 'unknown')
    order by number desc limit 1`;
  return row?.status === 'suspended' ? 'suspended' : 'active';
}
