/**
 * The one way to change anything. What is meant is stored before the panel is asked, and what came of it after; the call itself
 * stands between two short transactions, with no connection and no lock held. So a crash, a time-out or a second delivery can at
 * worst leave an honest `unknown`, never a change without a record or the same change twice.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../domain/account.ts';
import { actorId } from '../domain/actor.ts';
import { type LinkKind, OWN_FAILURES } from '../domain/operation.ts';
import { type PanelFailure, Refusal, refuse } from '../domain/refusal.ts';
import { countEligible } from './approvals/eligible.ts';
import type { Context } from './context.ts';
import { fromStored } from './json.ts';
import { carryOut } from './operations/carry-out.ts';
import {
  type Intent,
  type Repeat,
  type Stated,
  type StoredRow,
  stateIntent,
  storedIntentOf,
} from './operations/intent.ts';
import type { OperationPlan } from './operations/plan.ts';
import type { OperationSummary } from './operations/summary.ts';
import type { AnyVerb, PlanOptions, Target, VerbDefinition } from './operations/verb.ts';

export type Outcome<Result> =
  | { readonly kind: 'done'; readonly operation: OperationSummary; readonly result: Result }
  /** The panel was asked, and it cannot be said whether it acted; `account` is as it was before, and null for a creation. */
  | { readonly kind: 'unknown'; readonly operation: OperationSummary; readonly account: Account | null }
  /** Somebody else has to approve it first. */
  | { readonly kind: 'waiting'; readonly operation: OperationSummary; readonly account: Account | null }
  /** The same was done to this account a moment ago: it was not done again. Run it with `confirmed` to go on. */
  | { readonly kind: 'ask'; readonly repeat: Repeat };

/** Another process works on the same interaction, and will answer it. */
export class AnsweredElsewhere extends Error {}

/** What an operation is asked for beside its verb. */
export interface OperateOptions extends PlanOptions {
  /** What it is to another operation. One that is anything never waits for an approval. */
  readonly link?: { readonly number: number; readonly kind: LinkKind };
}

const BUSY_PAUSE_MS = 100;

/**
 * Runs one operation. Its verb plans it (reads, checks and authorises), again each time the account turns out to be busy, so that a plan
 * never rests on what was true before somebody else's change.
 *
 * @throws Refusal when it may not or cannot be done: nothing was changed.
 * @throws AnsweredElsewhere
 */
export async function operate<Input extends object, Result>(
  ctx: Context,
  verb: VerbDefinition<Input, Result>,
  target: Target,
  input: Input,
  options: OperateOptions = {},
): Promise<Outcome<Result>> {
  const key = ctx.nextKey();
  const plan = async () => {
    const planned = await verb.plan(ctx, target, input, options);
    refuseWhileDown(ctx, verb, planned);
    return planned;
  };
  const run = async (): Promise<Outcome<Result>> => {
    const free = await stateWhenFree(ctx, verb as AnyVerb, plan, { key, link: options.link ?? null });
    if (!('plan' in free)) {
      const { intent } = free;
      return intent.kind === 'repeat' ? { kind: 'ask', repeat: intent.repeat } : storedOutcome(ctx, intent);
    }
    const { intent, plan: stated } = free;
    if (intent.kind === 'stated') return act(ctx, verb, stated, intent);
    return { kind: 'waiting', operation: intent.operation, account: stated.before };
  };
  return target.accountId === null ? run() : ctx.queue.run(`${target.panel}/${target.accountId}`, run);
}

/** What a panel that is down would not do is not even stated. */
function refuseWhileDown<Input extends object, Result>(
  { panels }: Context,
  verb: VerbDefinition<Input, Result>,
  { panel, before, input }: OperationPlan<Input>,
): void {
  const { state, failure } = panels.health(panel.id);
  if (state !== 'down' || verb.asksPanel?.({ panel, before, input }) === false) return;
  throw refuse('panel.failed', { panel: panel.label, kind: failure ?? 'unreachable', detail: null });
}

/** A stated intent with the plan it was stated by, or what was there in its stead. */
type Free<Input> =
  | { readonly intent: Extract<Intent, { kind: 'stated' | 'waiting' }>; readonly plan: OperationPlan<Input> }
  | { readonly intent: Extract<Intent, { kind: 'stored' | 'repeat' }> };

/** Another process may hold the account: asks again for a while, then says that it is busy. */
async function stateWhenFree<Input extends object>(
  ctx: Context,
  verb: AnyVerb,
  prepare: () => Promise<OperationPlan<Input>>,
  { key, link }: { readonly key: string; readonly link: OperateOptions['link'] | null },
): Promise<Free<Input>> {
  const until = performance.now() + ctx.timing.busyTimeoutMs;
  let approvable = false;
  for (;;) {
    const plannedAt = performance.now();
    const prepared = await prepareUnlessStored(ctx, prepare, key);
    if (prepared.kind === 'stored') return { intent: prepared };
    const { plan } = prepared;
    await ctx.at('intent:before');
    const intent = await stateIntent(ctx, { verb, plan, plannedAt, key, link: link ?? null, approvable });
    if (intent.kind === 'stated' || intent.kind === 'waiting') return { intent, plan };
    if (intent.kind === 'needs_approval') {
      if (link) throw intent.need.refusal;
      await requireApprovers(ctx, plan, intent.need);
      approvable = true;
      continue;
    }
    if (intent.kind !== 'busy' && intent.kind !== 'moved') return { intent };
    const number = intent.kind === 'busy' ? intent.number : null;
    if (performance.now() > until) throw refuse('operation.busy', { number });
    if (intent.kind === 'busy') await delay(BUSY_PAUSE_MS);
  }
}

/** Asked outside of any transaction, since Discord is asked who there is. @throws Refusal when there are not enough others */
async function requireApprovers(
  ctx: Context,
  plan: OperationPlan,
  need: Extract<Intent, { kind: 'needs_approval' }>['need'],
): Promise<void> {
  if (ctx.settings.current().approvalsChannelId === null) throw need.refusal;
  if ((await countEligible(ctx, plan)) < need.approvers) throw refuse('approval.nobody', { needed: need.approvers });
}

/** An interaction delivered again finds the world as it left it: what then looks like a refusal may be its own success. */
async function prepareUnlessStored<Input>(ctx: Context, prepare: () => Promise<OperationPlan<Input>>, key: string) {
  try {
    return { kind: 'plan', plan: await prepare() } as const;
  } catch (error) {
    const stored = error instanceof Refusal ? await storedIntentOf(ctx, key) : null;
    if (stored) return stored;
    throw error;
  }
}

/** Carries out what was stated, and tells what came of it. @throws Refusal the panel's, when surely nothing was changed */
export async function act<Input extends object, Result>(
  ctx: Context,
  verb: VerbDefinition<Input, Result>,
  plan: OperationPlan<Input>,
  { operation, lease }: Stated,
): Promise<Outcome<Result>> {
  await ctx.at('intent:after');
  const { panel, before, input, memberId, reason, facts, personal, accountId, dueAt } = plan;
  const done = await carryOut(ctx, verb, { panel, before, input }, lease, {
    ...{ accountId, memberId, reason, facts, personal, dueAt },
    actorId: actorId(ctx.actor),
    resumedBy: null,
  });
  const summary: OperationSummary = {
    ...operation,
    state: done.state,
    target: done.accountId === null ? null : { panel: panel.id, accountId: done.accountId },
  };
  if (done.state === 'unknown') return { kind: 'unknown', operation: summary, account: before };
  if (done.state === 'failed') throw done.refusal;
  return { kind: 'done', operation: summary, result: done.result };
}

/** The same key with the same input: the stored answer, not another act. */
function storedOutcome<Result>(ctx: Context, { operation, row }: Extract<Intent, { kind: 'stored' }>): Outcome<Result> {
  const account = fromStored(row.state_before) as Account | null;
  switch (operation.state) {
    case 'succeeded':
      return { kind: 'done', operation, result: fromStored(row.result) as Result };
    case 'failed':
      throw storedFailure(ctx, operation.number, row);
    case 'unknown':
      return { kind: 'unknown', operation, account };
    case 'awaiting_approval':
      return { kind: 'waiting', operation, account };
    case 'pending':
      throw new AnsweredElsewhere();
  }
}

function storedFailure(ctx: Context, number: number, { panel, failure, failure_detail: detail }: StoredRow): Refusal {
  const own = OWN_FAILURES.find((each) => each === failure);
  if (own) return refuse('operation.failed', { number, failure: own });
  return refuse('panel.failed', { panel: ctx.panels.get(panel).label, kind: failure as PanelFailure, detail });
}
