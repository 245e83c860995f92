import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../../domain/account.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { JsonValue, Panel, PanelError } from '../../panels/panel.ts';
import type { Services } from '../context.ts';
import { recordAccounts } from '../directory/record.ts';
import { type Attempt, callPanel, type Lease, panelRefusal } from './call.ts';
import { type Ended, type Ending, storeOutcome } from './outcome.ts';
import type { AnyVerb, VerbDefinition, Work } from './verb.ts';

/** What is recorded of an operation beside its work. */
export interface Circumstance {
  readonly accountId: string | null;
  readonly memberId: string | null;
  readonly actorId: string;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly personal: JsonValue | null;
  readonly dueAt: Date | null;
  /** Who goes on with what had been left half done, or was not known; null for the first attempt. */
  readonly resumedBy: 'steward' | 'person' | null;
}

/** How an attempt ended, as it is stored. */
export type Carried<Result> =
  | { readonly state: 'succeeded'; readonly accountId: string | null; readonly result: Result }
  | { readonly state: 'failed'; readonly accountId: string | null; readonly refusal: Refusal }
  | { readonly state: 'unknown'; readonly accountId: string | null };

/** Asks the panel under a lease, and stores what came of it. */
export async function carryOut<Input extends object, Result>(
  services: Services,
  verb: VerbDefinition<Input, Result>,
  work: Work<Input>,
  lease: Lease,
  circumstance: Circumstance,
): Promise<Carried<Result>> {
  const attempt = await afterEarlier(services, lease, circumstance, await callPanel(services, verb, work, lease));
  await services.at('effect:after');
  const ending = endingOf(services, verb, work, lease, circumstance, attempt);
  const ended: Ended = { ...circumstance, ...lease, verb: verb.verb, panel: work.panel.id };
  const [stored] = await Promise.all([
    storeSurely(services, ended, ending),
    attempt.kind === 'succeeded' ? recordSeen(services, verb.account(attempt.result)) : null,
  ]);
  await services.at('outcome:after');
  services.operationEnded(verb.verb, stored ? ending.state : 'unknown');
  const { accountId } = ending;
  if (!stored || attempt.kind === 'unknown') return { state: 'unknown', accountId };
  if (attempt.kind === 'failed') return { state: 'failed', accountId, refusal: refusalOf(verb, work, attempt.error) };
  await verb.afterwards?.(services, circumstance, attempt.result);
  return { state: 'succeeded', accountId, result: attempt.result };
}

/** That nothing was changed this time does not say that nothing was before, unless a person has said so and no part of it is done. */
async function afterEarlier<Result>(
  { store: { sql } }: Services,
  { number }: Lease,
  { resumedBy }: Circumstance,
  attempt: Attempt<Result>,
): Promise<Attempt<Result>> {
  if (attempt.kind !== 'failed' || resumedBy === null) return attempt;
  const done = await sql`select from operation_steps where operation = ${number} and state = 'succeeded' limit 1`;
  if (resumedBy === 'person' && done.length === 0) return attempt;
  return { kind: 'unknown', failure: attempt.error.kind, detail: attempt.error.detail ?? '' };
}

function endingOf<Input extends object, Result>(
  services: Services,
  verb: VerbDefinition<Input, Result>,
  work: Work<Input>,
  { number }: Lease,
  { accountId, dueAt, resumedBy }: Circumstance,
  attempt: Attempt<Result>,
): Ending {
  const settledBy = resumedBy && attempt.kind !== 'unknown' ? 'resumed' : null;
  const witnessed = verb.asksPanel?.(work) ?? true;
  const nothing = {
    result: null,
    accountId,
    balance: null,
    timers: [],
    settleAfterMs: 0,
    settledBy,
    witnessed,
  } as const;
  switch (attempt.kind) {
    case 'succeeded':
      return { ...nothing, ...successOf(services, verb, { number, dueAt }, attempt.result) };
    case 'failed':
      return { ...nothing, state: 'failed', failure: attempt.error.kind, failureDetail: attempt.error.detail };
    case 'unknown': {
      const settleAfterMs = settleAfter(verb as AnyVerb, work.panel);
      const { failure, detail } = attempt;
      return { ...nothing, state: 'unknown', failure, failureDetail: detail, settleAfterMs };
    }
  }
}

/** How long nothing can be said by looking, in milliseconds: for as long as the panel may still act, if that cannot be ruled out. */
export function settleAfter(verb: AnyVerb, panel: Panel): number {
  const { proof, settleAfterMs } = verb.traits(panel);
  return proof === 'reference' && panel.receipts?.annul ? 0 : settleAfterMs;
}

/** What is stored of an operation that happened, whenever that is found out. */
export function successOf<Input extends object, Result>(
  { clock }: Services,
  verb: VerbDefinition<Input, Result>,
  operation: { readonly number: number; readonly dueAt: Date | null },
  result: Result,
): Pick<Ending, 'state' | 'result' | 'accountId' | 'balance' | 'timers' | 'failure' | 'failureDetail'> {
  return {
    state: 'succeeded',
    result,
    accountId: verb.account(result)?.id ?? null,
    balance: verb.balance?.(result) ?? null,
    timers: verb.timers?.(operation, clock.now()) ?? [],
    failure: null,
    failureDetail: null,
  };
}

/** The directory shows what was just done. It is no record: whatever reads the account next sets it right. */
async function recordSeen(services: Services, account: Account | null): Promise<void> {
  if (!account) return;
  await recordAccounts(services, [account]).catch((error: unknown) =>
    services.log.warn({ error }, 'a changed account could not be recorded in the directory'),
  );
}

/**
 * The effect has happened, so its outcome is stored even if the database has to be waited for. When that does not come back while
 * the lease lasts, the row stays `pending`, and becomes `unknown` when the lease has lapsed.
 */
async function storeSurely(services: Services, ended: Ended, ending: Ending): Promise<boolean> {
  const until = performance.now() + services.timing.leaseMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    try {
      return await storeOutcome(services, ended, ending);
    } catch (error) {
      services.log.error({ error, operation: ended.number }, 'an outcome could not be stored yet');
      if (performance.now() + pauseMs > until) return false;
      await delay(pauseMs);
    }
  }
}

function refusalOf<Input extends object, Result>(
  verb: VerbDefinition<Input, Result>,
  work: Work<Input>,
  error: PanelError,
): Refusal {
  return verb.refusal?.(error, work) ?? panelRefusal(work.panel, error);
}
