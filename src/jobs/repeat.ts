import type { Logger } from 'pino';

export interface Job {
  /** For the log. */
  readonly name: string;
  /** Pause between the end of one run and the begin of the next, in milliseconds. */
  readonly pauseMs: number;
  run(): Promise<unknown>;
}

export interface RepeatedJob {
  /** Resolves when the run that is under way, if any, has ended; there is no further one. */
  stop(): Promise<void>;
}

/** Runs a job again and again. One that fails is logged, and runs again after its pause. */
export function repeat(job: Job, log: Logger): RepeatedJob {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();

  function next(): void {
    running = job
      .run()
      .then(
        () => undefined,
        (error: unknown) => log.warn({ job: job.name, error }, 'a job failed'),
      )
      .then(() => {
        if (!stopped) timer = setTimeout(next, job.pauseMs);
      });
  }

  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
