/** In milliseconds. */
export interface WatchPace {
  /** How long a panel that answers is left alone. */
  readonly restMs: number;
  /** How soon one that did not answer is asked again; each time twice as long, */
  readonly soonMs: number;
  /** and never longer. */
  readonly slowestMs: number;
}

export interface Watch {
  /** Asks now, and from then on. */
  start(): void;
  /** Something is wrong: asks soon. */
  soon(): void;
  stop(): void;
}

/** Asks again and again, one at a time. @param ask tells whether an answer came, and never throws */
export function createWatch(ask: () => Promise<boolean>, pace: WatchPace): Watch {
  let timer: NodeJS.Timeout | undefined;
  let asking = false;
  let stopped = false;
  let inVain = 0;

  function wait(forMs: number): void {
    clearTimeout(timer);
    // A process that ends is not kept for it.
    if (!stopped) timer = setTimeout(run, forMs).unref();
  }

  async function run(): Promise<void> {
    asking = true;
    inVain = (await ask()) ? 0 : inVain + 1;
    asking = false;
    wait(inVain === 0 ? pace.restMs : Math.min(pace.soonMs * 2 ** (inVain - 1), pace.slowestMs));
  }

  return {
    start: () => void run(),
    soon() {
      if (!asking) wait(pace.soonMs);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
