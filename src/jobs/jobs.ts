import { forgetOld } from '../services/audit/forget.ts';
import { postHead } from '../services/audit/heads.ts';
import { sealAudit } from '../services/audit/seal.ts';
import { forgetComponents } from '../services/components/forget.ts';
import type { Services } from '../services/context.ts';
import type { AfterPage } from '../services/directory/after-page.ts';
import { crawlPanel } from '../services/directory/crawl.ts';
import { forgetVanished } from '../services/directory/forget.ts';
import { catchUp } from '../services/house/catch-up.ts';
import type { Announcer } from '../services/notices/notice.ts';
import { NOTICE_LANES, postNotices } from '../services/notices/post.ts';
import { lapseLeases } from '../services/operations/lapse.ts';
import { settleDue } from '../services/operations/settle.ts';
import { forgetSecrets } from '../services/secrets/forget.ts';
import { fireTimer } from '../services/timers/fire.ts';
import { type CalendarJob, runCalendar } from './calendar.ts';
import type { Queues } from './queues.ts';
import { type Job, repeat } from './repeat.ts';
import { fireTimers } from './timers.ts';

export interface JobParts {
  readonly services: Services;
  readonly queues: Queues;
  readonly announcer: Announcer;
  readonly pace?: Pace;
}

/** How often it is looked for something to do, in milliseconds. */
export interface Pace {
  readonly sealMs: number;
  readonly postMs: number;
  readonly lapseMs: number;
  readonly settleMs: number;
  /** At least half a second. */
  readonly fireMs: number;
  readonly crawlMs: number;
}

const PACE: Pace = { sealMs: 1_000, postMs: 1_000, lapseMs: 2_000, settleMs: 1_000, fireMs: 2_000, crawlMs: 2_000 };

/** What is done with each page of accounts that a crawl has read. */
const AFTER_PAGE: readonly AfterPage[] = [catchUp];

export interface Jobs {
  /** Begins nothing further, and lets what runs end. What has not ended within the given time is run again later. */
  stop(withinMs: number): Promise<void>;
}

export async function startJobs(parts: JobParts): Promise<Jobs> {
  const { services, queues, announcer, pace = PACE } = parts;
  const { log, timeZone } = services;
  const jobs: readonly Job[] = [
    { name: 'seal the audit log', pauseMs: pace.sealMs, run: () => sealAudit(services) },
    // Each lane by itself: what waits for one channel keeps nobody else waiting.
    ...NOTICE_LANES.map((lane) => ({
      name: `post notices: ${lane}`,
      pauseMs: pace.postMs,
      run: () => postNotices(services, announcer, { lanes: [lane] }),
    })),
    { name: 'lapse leases', pauseMs: pace.lapseMs, run: () => lapseLeases(services) },
    { name: 'settle operations', pauseMs: pace.settleMs, run: () => settleDue(services) },
    // Each panel by itself: a slow one keeps no other waiting.
    ...services.panels.all.map((panel) => ({
      name: `crawl: ${panel.id}`,
      pauseMs: pace.crawlMs,
      run: (stopping: AbortSignal) => crawlPanel(services, panel, { stopping, afterPage: AFTER_PAGE }),
    })),
  ];
  const calendar: readonly CalendarJob[] = [
    { name: 'components.forget', cron: '0 * * * *', run: () => forgetComponents(services) },
    { name: 'secrets.forget', cron: '20 * * * *', run: () => forgetSecrets(services) },
    // Posts once a day; the first time soon after there is something to post.
    { name: 'audit.head', cron: '*/10 * * * *', run: () => postHead(services) },
    { name: 'directory.forget', cron: '20 4 * * *', run: () => forgetVanished(services) },
    { name: 'audit.forget', cron: '40 4 * * *', run: () => forgetOld(services) },
  ];
  await runCalendar(queues, calendar, { timeZone, log });
  await fireTimers(queues, { fire: (timer) => fireTimer(services, timer), pollSeconds: pace.fireMs / 1_000, log });
  const repeated = jobs.map((job) => repeat(job, log));
  return {
    async stop(withinMs) {
      await Promise.all([...repeated.map((job) => job.stop(withinMs)), queues.stop(withinMs)]);
    },
  };
}
