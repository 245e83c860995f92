import { type PanelFailure, type Refusal, refuse } from '../../domain/refusal.ts';
import { type Change, type Panel, PanelError } from '../../panels/panel.ts';
import type { Services } from '../context.ts';
import { stepRunner } from './steps.ts';
import type { VerbDefinition, Work } from './verb.ts';

/** What came of asking the panel. Failed: surely nothing was changed. */
export type Attempt<Result> =
  | { readonly kind: 'succeeded'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: PanelError }
  | { readonly kind: 'unknown'; readonly failure: PanelFailure | 'internal'; readonly detail: string };

/** The right to work on an operation, until its lease ends. */
export interface Lease {
  readonly number: number;
  /** Whose attempt this is: an outcome is stored under it only. */
  readonly token: string;
  /** Our own id of the change at the panel: the same for every attempt. */
  readonly reference: string;
  /** Which attempt it is, from 1. */
  readonly attempt: number;
  /** When the lease was taken, by `performance.now()`; its end is counted from here, never later than by the database's clock. */
  readonly takenAt: number;
}

/** Asks the panel, bounded in time: the call is over, or given up as unknown, before the lease ends. */
export async function callPanel<Input extends object, Result>(
  services: Services,
  verb: VerbDefinition<Input, Result>,
  work: Work<Input>,
  lease: Lease,
): Promise<Attempt<Result>> {
  const { timing, log } = services;
  const abort = new AbortController();
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  givenUp.catch(() => undefined);
  const giveUp = () => {
    const error = new PanelError('timeout', 'unknown', `no answer within ${timing.callTimeoutMs} ms`);
    abort.abort(error);
    reject(error);
  };
  // A process that was stopped for a while wakes up where it was: before it sends anything it looks at the clock.
  const leftMs = () => lease.takenAt + timing.leaseMs - performance.now();
  const mayBegin = () => {
    if (leftMs() <= 0 || abort.signal.aborted) throw new PanelError('timeout', 'none', 'the lease has ended');
  };
  const timer = setTimeout(giveUp, Math.max(0, Math.min(timing.callTimeoutMs, leftMs())));
  try {
    mayBegin();
    const { idempotent } = verb.traits(work.panel);
    const step = stepRunner(services, lease.number, { repeatable: idempotent, mayBegin });
    const resumed = lease.attempt > 1;
    const change: Change = { signal: abort.signal, reference: lease.reference, resumed, step };
    return { kind: 'succeeded', result: await Promise.race([verb.effect(work, change, services), givenUp]) };
  } catch (error) {
    if (error instanceof PanelError && error.effect === 'none') return { kind: 'failed', error };
    log.warn({ error, operation: lease.number, verb: verb.verb }, 'the outcome of an operation is unknown');
    if (error instanceof PanelError) return { kind: 'unknown', failure: error.kind, detail: error.detail ?? '' };
    return { kind: 'unknown', failure: 'internal', detail: '' };
  } finally {
    clearTimeout(timer);
  }
}

/** The general sentence for a panel's error. */
export function panelRefusal(panel: Panel, error: PanelError): Refusal {
  return refuse('panel.failed', { panel: panel.label, kind: error.kind, detail: error.detail });
}
