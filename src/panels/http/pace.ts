import PQueue from 'p-queue';
import type { Rate } from '../panel.ts';

/**
 * Panels begin to count with the first request that arrives, which may be later than it was sent, and some by whole seconds. One too many
 * would cost a minute of rest.
 */
const MINUTE_MS = 61_000;

/** People go first. */
const PEOPLE = 1;

export interface Pace extends Rate {
  /**
   * Waits for a turn. Never more than `perMinute` in any minute, and of those in the background never more than half of it.
   *
   * @throws the signal's reason when it aborts first
   */
  turn(options: { readonly signal: AbortSignal; readonly background: boolean }): Promise<void>;
  /** The panel says that it was asked too often, and to come back after this time. */
  rest(forMs: number): void;
}

/** @param windowMs what counts as a minute */
export function createPace(perMinute: number, { windowMs = MINUTE_MS }: { readonly windowMs?: number } = {}): Pace {
  const now = () => performance.now();
  const all = new PQueue({ interval: windowMs, intervalCap: perMinute, strict: true });
  /** One after another: whoever waits for a turn of all has not had one yet, and saves none up. */
  const background = new PQueue({ concurrency: 1 });
  const mostInBackground = Math.max(1, Math.floor(perMinute / 2));
  /** When the last of those turns were, oldest first. */
  const takenInBackground: number[] = [];
  /** When each turn of the last minute was, oldest first. */
  const taken: number[] = [];
  let restsUntil = 0;
  let wakes: NodeJS.Timeout | undefined;

  const forget = () => {
    const from = now() - windowMs;
    while (taken.length > 0 && (taken[0] ?? 0) <= from) taken.shift();
  };
  const take = (signal: AbortSignal, priority: number) =>
    all.add(
      async () => {
        forget();
        taken.push(now());
      },
      { signal, priority },
    );
  async function takeInBackground(signal: AbortSignal): Promise<void> {
    const [oldest] = takenInBackground;
    const isFull = oldest !== undefined && takenInBackground.length >= mostInBackground;
    if (isFull) await sleep(Math.max(0, oldest + windowMs - now()));
    await take(signal, 0);
    if (isFull) takenInBackground.shift();
    takenInBackground.push(now());
  }

  return {
    perMinute,
    left() {
      forget();
      return now() < restsUntil ? 0 : Math.max(0, perMinute - taken.length);
    },
    async turn({ signal, background: isBackground }) {
      if (isBackground) await background.add(() => takeInBackground(signal), { signal });
      else await take(signal, PEOPLE);
    },
    rest(forMs) {
      restsUntil = Math.max(restsUntil, now() + forMs);
      all.pause();
      clearTimeout(wakes);
      wakes = setTimeout(() => all.start(), Math.max(0, restsUntil - now()));
      wakes.unref();
    },
  };
}

/** A process that ends is not kept for it. Whoever gives up is told by the queue. */
function sleep(forMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, forMs).unref();
  return promise;
}
