/** Timers: what a service wants to happen later, as jobs of one queue. */
import type { Job, JobResult, SendOptions } from 'pg-boss';
import type { Logger } from 'pino';
import { isPassing, Refusal } from '../domain/refusal.ts';
import type { Timer, Timers } from '../services/timers/timer.ts';
import { overTransaction } from './database.ts';
import type { Queues } from './queues.ts';

const QUEUE = 'timers';

/** A timer is tried until it has fired: after seconds at first, later every quarter of an hour, for as long as it takes. */
const PERSISTENCE: SendOptions = {
  retryLimit: 1_000_000,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 15 * 60,
  // From when it was due. Without it, pg-boss forgets after two weeks what nobody was there to work on.
  retentionSeconds: 10 * 365 * 24 * 60 * 60,
  // Longer than any firing takes. One that is not through by then was in a process that died, and is fired again.
  expireInSeconds: 120,
};

/** How many are fired at once, so that one slow panel does not hold up the others, and many of them not the panel. */
const BATCH_SIZE = 10;
const BATCHES = 2;

export interface FireOptions {
  readonly fire: (timer: Timer) => Promise<void>;
  /** How often it is looked for what is due, in seconds; at least half a one. */
  readonly pollSeconds: number;
  readonly log: Logger;
}

/** Timers that can be set, and fire once {@link fireTimers} runs, in this process or another. */
export async function createTimers({ boss }: Queues): Promise<Timers> {
  await boss.createQueue(QUEUE);
  // Whatever is asked about a queue lets pg-boss remember it. When timers are set, it would look it up beside their transactions: a second
  // connection for each, and of many at once none would get one.
  await boss.findJobs(QUEUE, { key: '' });
  return {
    async set(transaction, timer, at) {
      await boss.send(QUEUE, timer, { ...PERSISTENCE, startAfter: at, db: overTransaction(transaction) });
    },
  };
}

/** Fires what is due, each timer in one process, until the queues are stopped. */
export async function fireTimers({ boss }: Queues, { fire, pollSeconds, log }: FireOptions): Promise<void> {
  const options = {
    pollingIntervalSeconds: pollSeconds,
    batchSize: BATCH_SIZE,
    localConcurrency: BATCHES,
    // After a long time away much is due at once.
    burstWhenBatchFull: true,
    perJobResults: true,
  } as const;
  await boss.work<Timer, unknown, typeof options>(QUEUE, options, (jobs) =>
    Promise.all(jobs.map((job) => fireOne(job, fire, log))),
  );
}

async function fireOne(
  { id, data: timer, retryCount }: Job<Timer>,
  fire: FireOptions['fire'],
  log: Logger,
): Promise<JobResult> {
  try {
    await fire(timer);
    return { id, status: 'completed' };
  } catch (error) {
    if (error instanceof Refusal && !isPassing(error)) {
      log.info({ timer, refusal: error.code }, 'a timer had nothing more to do');
      return { id, status: 'completed', output: { refusal: error.code } };
    }
    log.warn({ timer, error, failures: retryCount + 1 }, 'a timer could not be fired, and will be again');
    return { id, status: 'failed', output: { error: String(error) } };
  }
}
