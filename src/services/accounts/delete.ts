import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type AccountCard, cardOf } from './card.ts';
import { loadForChange, look } from './load.ts';
import { type AccountChange, accountOf, accountPlan, accountVerb } from './plan.ts';
import { checkReason } from './reason.ts';
import { refuseScheduled } from './scheduled-deletion.ts';

interface Deletion {
  readonly reason: string;
  /** Typed by who wants it; null where a person decided before, and the grace has ended. */
  readonly typedUsername: string | null;
}

const HOUR_MS = 3_600_000;

export const DELETE = accountVerb<Deletion>({
  verb: 'account.delete',
  ability: 'deletion',
  async plan(ctx, target, input) {
    const reference = accountOf(target);
    const loaded = await loadForChange(ctx, ['accounts.delete'], reference);
    requireAbility(loaded.panel, 'deletion');
    requireTypedName(loaded.account.username, input);
    // What was announced with a grace keeps its day, though the team wants none for others by now.
    if (input.typedUsername !== null) await refuseScheduled(ctx, reference);
    return accountPlan(ctx, loaded, {
      permissions: ['accounts.delete'],
      input,
      reason: input.reason,
      facts: { status: loaded.account.status },
    });
  },
  async change(account, { panel }, change) {
    await requireAbility(panel, 'deletion').delete(account.id, change);
    return { ...account, status: 'deleted' };
  },
  shows: (_, now) => now === null || now.status === 'deleted',
});

/** Decides on a deletion: the account is suspended where its panel can, and deleted when the grace has ended. */
export const SCHEDULE_DELETION = accountVerb<Deletion & { readonly graceHours: number }>({
  verb: 'account.schedule_deletion',
  ability: 'deletion',
  // Where nothing is asked of the panel, the store alone says whether it happened.
  traits: (panel) => panel.suspension?.traits ?? { idempotent: true, proof: 'state', settleAfterMs: 0, effects: [] },
  async plan(ctx, target, input) {
    const reference = accountOf(target);
    const loaded = await loadForChange(ctx, ['accounts.delete'], reference);
    requireAbility(loaded.panel, 'deletion');
    requireTypedName(loaded.account.username, input);
    await refuseScheduled(ctx, reference);
    return accountPlan(ctx, loaded, {
      permissions: ['accounts.delete'],
      input,
      reason: input.reason,
      facts: { status: loaded.account.status },
      dueAt: new Date(ctx.clock.now().getTime() + input.graceHours * HOUR_MS),
    });
  },
  asksPanel: ({ panel, before }) => panel.suspension !== undefined && before?.status !== 'suspended',
  async change(account, { panel, input }, change) {
    if (!panel.suspension || account.status === 'suspended') return account;
    return panel.suspension.suspend(account.id, input.reason, change);
  },
  shows: ({ panel }, now) => (now && now.status !== 'deleted' ? !panel.suspension || now.status === 'suspended' : null),
  timers: ({ number, dueAt }) =>
    dueAt ? [{ timer: { kind: 'deletion.due', operation: number } as const, at: dueAt }] : [],
});

/** What would go with an account, in the panel's own plain sentences. Changes nothing. */
export async function previewDeletion(
  ctx: Context,
  target: AccountReference,
): Promise<{
  card: AccountCard;
  effects: readonly string[];
  soft: boolean;
  graceHours: number;
  /** The account can be suspended until then. */
  suspends: boolean;
}> {
  const loaded = await loadForChange(ctx, ['accounts.delete'], target);
  const deletion = requireAbility(loaded.panel, 'deletion');
  const preview = await look(ctx, loaded.panel, (call) => deletion.preview(loaded.account.id, call));
  return {
    card: await cardOf(ctx, loaded),
    effects: [...preview, ...deletion.traits.effects],
    soft: deletion.traits.soft,
    graceHours: ctx.settings.current().graceHours,
    suspends: loaded.panel.suspension !== undefined,
  };
}

/** Deletes an account once its grace has ended, or at once where the team wants none; its username must be typed as it is. */
export async function deleteAccount(
  ctx: Context,
  input: { target: AccountReference; reason: string; typedUsername: string },
): Promise<Outcome<AccountChange>> {
  const deletion = { reason: checkReason(input.reason), typedUsername: input.typedUsername.trim() };
  const { graceHours } = ctx.settings.current();
  return graceHours === 0
    ? operate(ctx, DELETE, input.target, deletion)
    : operate(ctx, SCHEDULE_DELETION, input.target, { ...deletion, graceHours });
}

function requireTypedName(username: string, { typedUsername }: Deletion): void {
  if (typedUsername !== null && typedUsername !== username) throw refuse('account.confirmation_differs', {});
}
