/** The queues of what happens later, in the database: kept by pg-boss in a schema of its own, `pgboss`. */
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Store } from '../store/connect.ts';
import { overPool } from './database.ts';

/** How far apart pg-boss looks after what we do not use, in seconds: steps that wait for other jobs. */
const FLOW_INTERVAL_SECONDS = 60 * 60;
/** How soon a job of the calendar is made after its time, in seconds: none of ours needs the second. */
const CRON_WORKER_INTERVAL_SECONDS = 45;

export interface Queues {
  readonly boss: PgBoss;
  /** Lets what runs end within the given time. What did not is run again, by whoever runs then. */
  stop(withinMs: number): Promise<void>;
}

/** Makes the queues' tables, or brings them up to date, and begins to look after them. Nothing is worked on yet. */
export async function openQueues({ sql }: Pick<Store, 'sql'>, log: Logger): Promise<Queues> {
  const boss = new PgBoss({
    db: overPool(sql),
    flowIntervalSeconds: FLOW_INTERVAL_SECONDS,
    cronWorkerIntervalSeconds: CRON_WORKER_INTERVAL_SECONDS,
  });
  boss.on('error', (error) => log.warn({ error }, 'the queues met an error, and go on'));
  boss.on('warning', ({ message }) => log.warn({ warning: message }, 'the queues gave a warning'));
  await boss.start();
  return {
    boss,
    stop: (withinMs) => boss.stop({ graceful: true, timeout: withinMs }),
  };
}
