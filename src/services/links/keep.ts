import type { AccountReference } from '../../domain/account.ts';
import { Refusal, refuse } from '../../domain/refusal.ts';
import { type DiscordLinksAbility, type Panel, requireAbility } from '../../panels/panel.ts';
import { loadForChange } from '../accounts/load.ts';
import { type AccountChange, accountOf, accountPlan } from '../accounts/plan.ts';
import type { Context } from '../context.ts';
import { operate } from '../operation.ts';
import type { VerbDefinition } from '../operations/verb.ts';

interface KeepInput {
  /** Null: nobody any more. */
  readonly userId: string | null;
}

/** Writes down at the panel who is linked to an account. */
export const KEEP_DISCORD_ID: VerbDefinition<KeepInput, AccountChange> = {
  verb: 'account.discord',
  traits: (panel) => keepingOf(panel).traits,
  async plan(ctx, target, input) {
    const permissions = ['links.manage'] as const;
    const loaded = await loadForChange(ctx, permissions, accountOf(target));
    keepingOf(loaded.panel);
    if (loaded.account.discordId === input.userId) throw refuse('account.unchanged', {});
    return accountPlan(ctx, loaded, { permissions, input });
  },
  async effect({ panel, before, input }, change) {
    if (!before) throw new Error('a link is written down at an account that there is');
    return { before, account: await keepingOf(panel).keep(before.id, input.userId, change) };
  },
  result: ({ before }, now) => ({ before, account: now }),
  account: ({ account }) => account,
  shows: ({ input }, now) => now && now.discordId === input.userId,
};

/** What became of writing a link down at the panel, by which operation; null where there is nothing to write, or nowhere. */
export type Kept =
  | { readonly kind: 'kept' | 'unknown'; readonly number: number }
  | { readonly refusal: Refusal }
  | null;

/**
 * Writes a link that was just set down at the panel, or clears one that was removed, where the panel can. The link itself stands whatever
 * comes of it.
 */
export async function keepAtPanel(ctx: Context, target: AccountReference, userId: string | null): Promise<Kept> {
  if (!ctx.panels.get(target.panel).discordLinks?.keeping) return null;
  try {
    const outcome = await operate(ctx, KEEP_DISCORD_ID, target, { userId });
    if (outcome.kind === 'ask') return null;
    return { kind: outcome.kind === 'done' ? 'kept' : 'unknown', number: outcome.operation.number };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'account.unchanged' ? null : { refusal: error };
  }
}

function keepingOf(panel: Panel): NonNullable<DiscordLinksAbility['keeping']> {
  const { keeping } = requireAbility(panel, 'discordLinks');
  if (!keeping) throw refuse('ability.missing', { panel: panel.label, ability: 'discordLinks' });
  return keeping;
}
