/** What is counted and timed. Labels are names of our own; nothing of persons. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Observation } from '../discord/dispatch.ts';
import type { OperationState, Verb } from '../domain/operation.ts';

export interface Metrics {
  readonly registry: Registry;
  runEnded(run: Observation): void;
  operationEnded(verb: Verb, state: OperationState): void;
  panelAnswered(call: PanelCall): void;
}

export interface PanelCall {
  readonly panel: string;
  /** Such as `get` or `credits.add`. */
  readonly action: string;
  readonly outcome: 'answered' | 'failed';
  readonly durationMs: number;
}

/** In seconds. Discord waits three for the first answer, and panels get ten and more. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  // Among them the delay of the event loop, the processor's time and the memory.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const shared = { registers: [registry] };
  const runs = new Counter({
    ...shared,
    name: 'steward_runs_total',
    help: 'Runs of commands by how they ended.',
    labelNames: ['command', 'kind', 'status'],
  });
  const acknowledgements = new Histogram({
    ...shared,
    name: 'steward_acknowledgement_seconds',
    help: 'From the arrival of an interaction until Discord had its first answer.',
    labelNames: ['kind'],
    buckets: BUCKETS,
  });
  const answers = new Histogram({
    ...shared,
    name: 'steward_answer_seconds',
    help: 'From the arrival of an interaction until its last answer.',
    labelNames: ['kind'],
    buckets: BUCKETS,
  });
  const operations = new Counter({
    ...shared,
    name: 'steward_operations_total',
    help: 'Operations by verb and by how they ended.',
    labelNames: ['verb', 'state'],
  });
  const panelCalls = new Histogram({
    ...shared,
    name: 'steward_panel_call_seconds',
    help: 'Calls to panels by action and outcome.',
    labelNames: ['panel', 'action', 'outcome'],
    buckets: BUCKETS,
  });
  return {
    registry,
    runEnded({ command, kind, status, acknowledgeMs, answerMs }) {
      runs.inc({ command, kind, status });
      if (acknowledgeMs !== null) acknowledgements.observe({ kind }, acknowledgeMs / 1_000);
      answers.observe({ kind }, answerMs / 1_000);
    },
    operationEnded: (verb, state) => operations.inc({ verb, state }),
    panelAnswered: ({ durationMs, ...labels }) => panelCalls.observe({ ...labels }, durationMs / 1_000),
  };
}
