import { type PanelFailure, type Refusal, refuse } from '../../domain/refusal.ts';
import { type Change, type Panel, PanelError } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import type { Stated } from './intent.ts';
import type { OperationPlan } from './plan.ts';
import { stepRunner } from './steps.ts';

/** What came of asking the panel. Failed: surely nothing was changed. */
export type Attempt<Result> =
  | { readonly kind: 'succeeded'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: PanelError }
  | { readonly kind: 'unknown'; readonly failure: PanelFailure | 'internal'; readonly detail: string };

/** Asks the panel, bounded in time: the call is over, or given up as unknown, before the lease ends. */
export async function callPanel<Result>(
  ctx: Context,
  plan: OperationPlan<Result>,
  stated: Stated,
  reference: string,
): Promise<Attempt<Result>> {
  const abort = new AbortController();
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new PanelError('timeout', 'unknown', `no answer within ${ctx.timing.callTimeoutMs} ms`);
    abort.abort(error);
    reject(error);
  }, ctx.timing.callTimeoutMs);
  const change: Change = { signal: abort.signal, reference, step: stepRunner(ctx, stated.operation.number) };
  try {
    return { kind: 'succeeded', result: await Promise.race([plan.effect(change), givenUp]) };
  } catch (error) {
    if (error instanceof PanelError && error.effect === 'none') return { kind: 'failed', error };
    ctx.log.warn(
      { error, operation: stated.operation.number, verb: plan.verb },
      'the outcome of an operation is unknown',
    );
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
