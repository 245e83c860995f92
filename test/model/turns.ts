/**
 * Lets one thing happen at a time. Whatever a process does that others could notice, or between which it could be killed, waits for its
 * turn; fast-check's scheduler says whose turn is next. So an order of events is made by the seed alone, and made again by it.
 */
import { setImmediate as untilQuiet } from 'node:timers/promises';
import type fc from 'fast-check';

/** A process, for as long as it lives. */
export interface Life {
  readonly name: string;
  ended: boolean;
  /** Settled when it is woken, if it was made to stand still; null while it runs. */
  standstill: PromiseWithResolvers<void> | null;
}

export interface Turns {
  /** Comes back when it is this process's turn: never, if it was killed meanwhile. */
  take(life: Life, what: string): Promise<void>;
  /** Counts as the one thing that happens for as long as it runs. */
  during<Result>(work: PromiseLike<Result>): Promise<Result>;
  /** Lets up to so many things happen. */
  let(count: number): Promise<void>;
  /** Writes something down among what happened. */
  note(line: string): void;
  /** What happened, in order. */
  readonly happened: readonly string[];
}

export function createTurns(scheduler: fc.Scheduler): Turns {
  const happened: string[] = [];
  const running = new Set<PromiseLike<unknown>>();

  /** What was set off has come to where it waits for its next turn. */
  async function settled(): Promise<void> {
    await untilQuiet();
    while (running.size > 0) {
      await Promise.allSettled(running);
      await untilQuiet();
    }
  }

  return {
    happened,
    note: (line) => happened.push(line),
    async take(life, what) {
      await scheduler.schedule(Promise.resolve(), `${life.name} ${what}`);
      while (life.standstill) {
        await life.standstill.promise;
        await scheduler.schedule(Promise.resolve(), `${life.name} ${what}, woken`);
      }
      if (life.ended) await new Promise<never>(() => undefined);
      happened.push(`${life.name} ${what}`);
    },
    async during(work) {
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    async let(count) {
      await settled();
      for (let left = count; left > 0 && scheduler.count() > 0; left -= 1) {
        await scheduler.waitOne();
        await settled();
      }
    },
  };
}
