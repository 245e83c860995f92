/** Spares panels that are down, finds out by itself when they are back, and knows how each of them is. */
import { refuse } from '../../domain/refusal.ts';
import { type Panel, PanelError, type PanelHealth, type Panels, type Probe } from '../panel.ts';
import { createCircuit, isSilence } from './circuit.ts';
import { type CallEnded, timed, withEveryCall } from './every-call.ts';
import { createWatch, type Watch, type WatchPace } from './watch.ts';

export interface GuardOptions {
  /** Told of each call that reached a panel. */
  readonly answered?: (call: CallEnded & { readonly panel: string; readonly action: string }) => void;
  /** Told when it has become known how a panel is, and when that has changed. */
  readonly changed?: (panel: Panel, health: PanelHealth) => void;
  readonly pace?: GuardPace;
}

export interface GuardPace extends WatchPace {
  /** How long a probe may take, in milliseconds. */
  readonly timeoutMs: number;
}

const PACE: GuardPace = { restMs: 5 * 60_000, soonMs: 2_000, slowestMs: 60_000, timeoutMs: 10_000 };

export interface Guard {
  /** The panels in their order, each of them guarded. */
  readonly panels: readonly Panel[];
  readonly health: Panels['health'];
  /** Asks every panel how it is, now and from time to time, without anyone waiting for it. */
  start(): void;
  stop(): void;
}

export function guardPanels(panels: readonly Panel[], options: GuardOptions = {}): Guard {
  const guarded = panels.map((panel) => guardPanel(panel, options));
  return {
    panels: guarded.map(({ panel }) => panel),
    health(id) {
      const found = guarded.find(({ panel }) => panel.id === id);
      if (!found) throw refuse('panel.unknown', { panel: id });
      return found.health();
    },
    start() {
      for (const { watch } of guarded) watch.start();
    },
    stop() {
      for (const { watch } of guarded) watch.stop();
    },
  };
}

interface Guarded {
  readonly panel: Panel;
  readonly watch: Watch;
  health(): PanelHealth;
}

function guardPanel(bare: Panel, { answered, changed, pace = PACE }: GuardOptions): Guarded {
  let health: PanelHealth = { state: 'unknown', since: new Date(), probe: null, probedAt: null, failure: null };

  function become(next: Pick<PanelHealth, 'state' | 'failure'>): void {
    const { state, failure, since } = health;
    health = { ...health, ...next, since: state === next.state ? since : new Date() };
    if (state !== next.state || failure !== next.failure) changed?.(bare, health);
  }

  const circuit = createCircuit({
    opened(failure) {
      if (health.state === 'down') return;
      become({ state: 'down', failure });
      watch.soon();
    },
    closed: () => become({ state: 'up', failure: null }),
  });
  const panel = withEveryCall(bare, (action, run) =>
    circuit.call(() => timed(run, (ended) => answered?.({ panel: bare.id, action, ...ended }))),
  );
  /** An answer to a probe that began before the circuit opened is old news. */
  function answer(failure: PanelHealth['failure']): boolean {
    if (circuit.isOpen()) return false;
    become({ state: 'up', failure });
    return true;
  }

  const watch = createWatch(async () => {
    try {
      const probe = await circuit.probe(() => probeInTime(bare, pace.timeoutMs));
      health = { ...health, probe, probedAt: new Date() };
      return answer(null);
    } catch (error) {
      health = { ...health, probedAt: new Date() };
      if (isSilence(error)) return false;
      // It is there, and has something against us.
      return answer(error instanceof PanelError ? error.kind : 'malformed');
    }
  }, pace);
  return { panel, watch, health: () => health };
}

/** Bounded whatever the panel does. */
async function probeInTime(panel: Panel, timeoutMs: number): Promise<Probe> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new PanelError('timeout', 'none', `no answer to a probe within ${timeoutMs} ms`));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([panel.probe({ signal }), tooLate]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
