import type { AccountReference, AccountStatus } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { loadAccount, loadForChange } from './load.ts';
import { type AccountChange, accountOf, accountPlan, accountVerb } from './plan.ts';
import { scheduledDeletion } from './scheduled-deletion.ts';

type KeptStatus = 'active' | 'suspended';

export const RESTORE = accountVerb<{ readonly status?: KeptStatus }>({
  verb: 'account.restore',
  ability: 'restoration',
  async plan(ctx, target) {
    const loaded = await loadAccount(ctx, ['accounts.restore'], accountOf(target));
    requireAbility(loaded.panel, 'restoration');
    if (loaded.account.status !== 'deleted') throw refuse('account.not_deleted', {});
    const status = await statusBeforeDeletion(ctx, accountOf(target));
    return accountPlan(ctx, loaded, { permissions: ['accounts.restore'], input: { status }, facts: { status } });
  },
  change: (account, { panel, input }, change) =>
    requireAbility(panel, 'restoration').restore(account.id, input.status ?? 'active', change),
  shows: ({ input }, now) => now && now.status === (input.status ?? 'active'),
});

/** Calls off a scheduled deletion: the account returns to the status that it had. */
export const KEEP = accountVerb<{ readonly scheduled: number; readonly status: KeptStatus }>({
  verb: 'account.keep',
  ability: 'deletion',
  traits: (panel) => panel.suspension?.traits ?? { idempotent: true, proof: 'state', settleAfterMs: 0, effects: [] },
  async plan(ctx, target, input, { permissions = ['accounts.restore'] }) {
    const loaded = await loadForChange(ctx, permissions, accountOf(target));
    const scheduled = await scheduledDeletion(ctx, accountOf(target));
    if (scheduled?.operation.number !== input.scheduled) throw refuse('deletion.not_scheduled', {});
    return accountPlan(ctx, loaded, { permissions, input, facts: { status: input.status } });
  },
  asksPanel: ({ panel, before, input }) => panel.suspension !== undefined && before?.status !== input.status,
  async change(account, { panel, input }, change) {
    if (!panel.suspension || account.status === input.status) return account;
    return panel.suspension.unsuspend(account.id, change);
  },
  shows: ({ panel, input }, now) =>
    now && now.status !== 'deleted' ? !panel.suspension || now.status === input.status : null,
});

/** Brings a deleted account back to the status it had before, or calls off its deletion while the grace runs. */
export async function restoreAccount(
  ctx: Context,
  input: { target: AccountReference },
): Promise<Outcome<AccountChange>> {
  const scheduled = await scheduledDeletion(ctx, input.target);
  if (!scheduled || (await isDeleted(ctx, input.target))) return operate(ctx, RESTORE, input.target, {});
  const { number } = scheduled.operation;
  const link = { number, kind: 'end' } as const;
  return operate(ctx, KEEP, input.target, { scheduled: number, status: scheduled.status }, { link });
}

/** It may have been deleted in the panel before its time. */
async function isDeleted(ctx: Context, target: AccountReference): Promise<boolean> {
  const { account } = await loadAccount(ctx, ['accounts.restore'], target);
  return account.status === 'deleted';
}

/** As recorded with the deletion, or with its scheduling; an account that Steward did not delete comes back active. */
async function statusBeforeDeletion(ctx: Context, { panel, accountId }: AccountReference): Promise<KeptStatus> {
  const [row] = await ctx.store.sql<{ status: AccountStatus }[]>`
    select coalesce(scheduled.state_before, deleted.state_before) ->> 'status' as status
    from operations as deleted left join operations as scheduled
      on scheduled.number = deleted.linked_number and scheduled.verb = 'account.schedule_deletion'
    where deleted.panel = ${panel} and deleted.account_id = ${accountId} and deleted.verb = 'account.delete'
      and deleted.state in ('succeeded', 'unknown')
    order by deleted.number desc limit 1`;
  return row?.status === 'suspended' ? 'suspended' : 'active';
}
