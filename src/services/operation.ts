/**
 * The one way to change anything. What is meant is stored before the panel is asked, and what came of it after; the call itself
 * stands between two short transactions, with no connection and no lock held. So a crash, a time-out or a second delivery can at
 * worst leave an honest `unknown`, never a change without a record or the same change twice.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../domain/account.ts';
import { type PanelFailure, Refusal, refuse } from '../domain/refusal.ts';
import type { PanelError } from '../panels/panel.ts';
import type { Context } from './context.ts';
import { recordAccounts } from './directory/record.ts';
import { fromStored } from './json.ts';
import { type Attempt, callPanel, panelRefusal } from './operations/call.ts';
import { type Intent, type Repeat, type Stated, stateIntent, storedIntentOf } from './operations/intent.ts';
import { type Ending, storeOutcome } from './operations/outcome.ts';
import type { OperationPlan } from './operations/plan.ts';
import type { OperationSummary } from './operations/summary.ts';

export type Outcome<Result> =
  | { readonly kind: 'done'; readonly operation: OperationSummary; readonly result: Result }
  /** The panel was asked, and it cannot be said whether it acted. */
  | { readonly kind: 'unknown'; readonly operation: OperationSummary }
  /** The same was done to this account a moment ago: it was not done again. Run it with `confirmed` to go on. */
  | { readonly kind: 'ask'; readonly repeat: Repeat };

/** Another process works on the same interaction, and will answer it. */
export class AnsweredElsewhere extends Error {}

const BUSY_PAUSE_MS = 100;

/**
 * Runs one operation. `prepare` reads, checks and authorises; it runs again each time the account turns out to be busy, so that a
 * plan never rests on what was true before somebody else's change.
 *
 * @throws Refusal when it may not or cannot be done: nothing was changed.
 * @throws AnsweredElsewhere
 */
export async function operate<Result>(
  ctx: Context,
  lock: { panel: string; accountId: string } | null,
  prepare: () => Promise<OperationPlan<Result>>,
): Promise<Outcome<Result>> {
  const key = ctx.nextKey();
  const run = async () => {
    const free = await stateWhenFree(ctx, prepare, key);
    if ('plan' in free) return act(ctx, free.plan, free.intent, key);
    const { intent } = free;
    return intent.kind === 'repeat'
      ? ({ kind: 'ask', repeat: intent.repeat } as const)
      : storedOutcome<Result>(ctx, intent);
  };
  return lock ? ctx.queue.run(`${lock.panel}/${lock.accountId}`, run) : run();
}

/** A stated intent with the plan it was stated by, or what was there in its stead. */
type Free<Result> =
  | { readonly intent: Stated; readonly plan: OperationPlan<Result> }
  | { readonly intent: Extract<Intent, { kind: 'stored' | 'repeat' }> };

/** Another process may hold the account: asks again for a while, then says that it is busy. */
async function stateWhenFree<Result>(
  ctx: Context,
  prepare: () => Promise<OperationPlan<Result>>,
  key: string,
): Promise<Free<Result>> {
  const until = performance.now() + ctx.timing.busyTimeoutMs;
  for (;;) {
    const prepared = await prepareUnlessStored(ctx, prepare, key);
    if (prepared.kind === 'stored') return { intent: prepared };
    const { plan } = prepared;
    await ctx.at('intent:before');
    const intent = await stateIntent(ctx, plan as OperationPlan, key);
    if (intent.kind === 'stated') return { intent, plan };
    if (intent.kind !== 'busy') return { intent };
    if (performance.now() > until) throw refuse('operation.busy', { number: intent.number });
    await delay(BUSY_PAUSE_MS);
  }
}

/** An interaction delivered again finds the world as it left it: what then looks like a refusal may be its own success. */
async function prepareUnlessStored<Result>(ctx: Context, prepare: () => Promise<OperationPlan<Result>>, key: string) {
  try {
    return { kind: 'plan', plan: await prepare() } as const;
  } catch (error) {
    const stored = error instanceof Refusal ? await storedIntentOf(ctx, key) : null;
    if (stored) return stored;
    throw error;
  }
}

async function act<Result>(
  ctx: Context,
  plan: OperationPlan<Result>,
  stated: Stated,
  reference: string,
): Promise<Outcome<Result>> {
  await ctx.at('intent:after');
  const attempt = await callPanel(ctx, plan, stated, reference);
  await ctx.at('effect:after');
  const ending = endingOf(plan, attempt);
  const [stored] = await Promise.all([
    storeSurely(ctx, plan as OperationPlan, stated, ending),
    attempt.kind === 'succeeded' ? recordSeen(ctx, plan.account(attempt.result)) : null,
  ]);
  await ctx.at('outcome:after');
  const operation: OperationSummary = {
    ...stated.operation,
    state: stored ? ending.state : 'unknown',
    target: ending.accountId === null ? null : { panel: plan.panel.id, accountId: ending.accountId },
  };
  ctx.operationEnded(plan.verb, operation.state);
  if (operation.state === 'unknown') return { kind: 'unknown', operation };
  if (attempt.kind === 'failed') throw failureRefusal(plan, attempt.error);
  return { kind: 'done', operation, result: (attempt as { result: Result }).result };
}

/** The directory shows what was just done. It is no record: whatever reads the account next sets it right. */
async function recordSeen(ctx: Context, account: Account): Promise<void> {
  await recordAccounts(ctx, [account]).catch((error: unknown) =>
    ctx.log.warn({ error }, 'a changed account could not be recorded in the directory'),
  );
}

function endingOf<Result>(plan: OperationPlan<Result>, attempt: Attempt<Result>): Ending {
  const nothing = { result: null, accountId: plan.accountId, balance: null };
  switch (attempt.kind) {
    case 'succeeded': {
      const account = plan.account(attempt.result);
      const balance = plan.balance?.(attempt.result) ?? null;
      return {
        state: 'succeeded',
        result: attempt.result,
        accountId: account.id,
        balance,
        failure: null,
        failureDetail: null,
      };
    }
    case 'failed':
      return { ...nothing, state: 'failed', failure: attempt.error.kind, failureDetail: attempt.error.detail };
    case 'unknown':
      return { ...nothing, state: 'unknown', failure: attempt.failure, failureDetail: attempt.detail };
  }
}

/**
 * The effect has happened, so its outcome is stored even if the database has to be waited for. When that does not come back while
 * the lease lasts, the row stays `pending`, and becomes `unknown` when the lease has lapsed.
 */
async function storeSurely(ctx: Context, plan: OperationPlan, stated: Stated, ending: Ending): Promise<boolean> {
  const until = performance.now() + ctx.timing.leaseMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    try {
      return await storeOutcome(ctx, plan, stated, ending);
    } catch (error) {
      ctx.log.error({ error, operation: stated.operation.number }, 'an outcome could not be stored yet');
      if (performance.now() + pauseMs > until) return false;
      await delay(pauseMs);
    }
  }
}

function failureRefusal<Result>(plan: OperationPlan<Result>, error: PanelError): Refusal {
  return plan.refusal?.(error) ?? panelRefusal(plan.panel, error);
}

/** The same key with the same input: the stored answer, not another act. */
function storedOutcome<Result>(ctx: Context, { operation, row }: Extract<Intent, { kind: 'stored' }>): Outcome<Result> {
  switch (operation.state) {
    case 'succeeded':
      return { kind: 'done', operation, result: fromStored(row.result) as Result };
    case 'failed':
      throw refuse('panel.failed', {
        panel: ctx.panels.get(row.panel).label,
        kind: (row.failure as PanelFailure | null) ?? 'rejected',
        detail: row.failure_detail,
      });
    case 'unknown':
      return { kind: 'unknown', operation };
    default:
      throw new AnsweredElsewhere();
  }
}
