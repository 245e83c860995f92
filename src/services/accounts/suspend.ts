import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import type { Timer } from '../timers/timer.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, accountOf, accountPlan, accountVerb } from './plan.ts';
import { checkReason } from './reason.ts';

interface Suspension {
  readonly reason: string;
  /** After how many milliseconds it ends by itself; null: when it is lifted. */
  readonly durationMs: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const SUSPEND = accountVerb<Suspension>({
  verb: 'account.suspend',
  ability: 'suspension',
  async plan(ctx, target, input) {
    const loaded = await loadForChange(ctx, ['accounts.suspend'], accountOf(target));
    const { traits } = requireAbility(loaded.panel, 'suspension');
    if (loaded.account.status === 'suspended') throw refuse('account.already_suspended', {});
    if (input.durationMs !== null && !traits.reversible)
      throw refuse('suspension.irreversible', { panel: loaded.panel.label });
    const dueAt = input.durationMs === null ? null : new Date(ctx.clock.now().getTime() + input.durationMs);
    return accountPlan(ctx, loaded, { permissions: ['accounts.suspend'], input, reason: input.reason, dueAt });
  },
  change: (account, { panel, input }, change) =>
    requireAbility(panel, 'suspension').suspend(account.id, input.reason, change),
  shows: (_, now) => (now && now.status !== 'deleted' ? now.status === 'suspended' : null),
  timers: ({ number, dueAt }, now) => (dueAt ? timersUntil(number, dueAt, now) : []),
});

/** Its end, and where it is long enough a word a day and an hour before. */
function timersUntil(operation: number, end: Date, now: Date): readonly { timer: Timer; at: Date }[] {
  const lengthMs = end.getTime() - now.getTime();
  const before = (ms: number) => new Date(end.getTime() - ms);
  return [
    ...(lengthMs >= 2 * DAY_MS
      ? [{ timer: { kind: 'suspension.warn', operation, left: 'day' } as const, at: before(DAY_MS) }]
      : []),
    ...(lengthMs >= 3 * HOUR_MS
      ? [{ timer: { kind: 'suspension.warn', operation, left: 'hour' } as const, at: before(HOUR_MS) }]
      : []),
    { timer: { kind: 'suspension.end', operation } as const, at: end },
  ];
}

/** Suspends an account until it is lifted, or for a time. */
export async function suspendAccount(
  ctx: Context,
  input: { target: AccountReference; reason: string; durationMs?: number | null },
): Promise<Outcome<AccountChange>> {
  const reason = checkReason(input.reason);
  return operate(ctx, SUSPEND, input.target, { reason, durationMs: input.durationMs ?? null });
}
