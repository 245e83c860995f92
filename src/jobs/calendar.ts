/** What happens at set times of the day, once for all processes. */
import type { Logger } from 'pino';
import type { Queues } from './queues.ts';

export interface CalendarJob {
  /** Of its queue; it stays the same for ever. */
  readonly name: string;
  /** When, as a line of a crontab. */
  readonly cron: string;
  run(): Promise<unknown>;
}

/** How often it is looked for what is due, in seconds: nobody waits for it. */
const POLL_SECONDS = 30;

/**
 * Runs each job at its times, until the queues are stopped. Of times that were missed because no process ran, one is made up for; a run
 * that fails is tried again for some hours.
 */
export async function runCalendar(
  { boss }: Queues,
  jobs: readonly CalendarJob[],
  { timeZone, log }: { readonly timeZone: string; readonly log: Logger },
): Promise<void> {
  for (const { name, cron, run } of jobs) {
    await boss.createQueue(name);
    await boss.schedule(name, cron, null, {
      tz: timeZone,
      missed: 'once',
      retryLimit: 8,
      retryDelay: 60,
      retryBackoff: true,
    });
    await boss.work(name, { pollingIntervalSeconds: POLL_SECONDS }, async () => {
      try {
        await run();
      } catch (error) {
        log.warn({ job: name, error }, 'a job failed, and is tried again');
        throw error;
      }
    });
  }
}
