import type { Logger } from 'pino';

export interface Job {
  /** For the log. */
  readonly name: string;
  /** Pause between the end of one run and the begin of the next, in milliseconds. */
  readonly pauseMs: number;
  /** `stopping` aborts when there will be no further run: one that takes long ends early then. */
  run(stopping: AbortSignal): Promise<unknown>;
}

export interface RepeatedJob {
  /** Begins no further run, and waits for the one that is under way, if any, no longer than the given time. */
  stop(withinMs: number): Promise<void>;
}

/** Runs a job again and again. One that fails is logged, and runs again after its pause. */
export function repeat(job: Job, log: Logger): RepeatedJob {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();

  function next(): void {
    running = job
      .run(stopping.signal)
      .then(
        () => undefined,
        (error: unknown) => log.warn({ job: job.name, error }, 'a job failed'),
      )
      .then(() => {
        if (!stopping.signal.aborted) timer = setTimeout(next, job.pauseMs);
      });
  }

  next();
  return {
    async stop(withinMs) {
      stopping.abort();
      clearTimeout(timer);
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const patience = setTimeout(resolve, withinMs);
      await Promise.race([running, late]);
      clearTimeout(patience);
    },
  };
}
