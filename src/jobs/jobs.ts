import { sealAudit, sealingKey } from '../services/audit/seal.ts';
import { forgetComponents } from '../services/components/forget.ts';
import type { Services } from '../services/context.ts';
import { type Announcer, postNotices } from '../services/notices/post.ts';
import { lapseLeases } from '../services/operations/lapse.ts';
import { type Job, repeat } from './repeat.ts';

export interface JobParts {
  readonly services: Services;
  readonly announcer: Announcer;
  readonly secretKey: string;
}

export interface Jobs {
  /** Lets the runs that are under way end, and begins no further ones. */
  stop(): Promise<void>;
}

export function startJobs({ services, announcer, secretKey }: JobParts): Jobs {
  const key = sealingKey(secretKey);
  const jobs: readonly Job[] = [
    { name: 'seal the audit log', pauseMs: 1_000, run: () => sealAudit(services, key) },
    { name: 'post notices', pauseMs: 1_000, run: () => postNotices(services, announcer) },
    { name: 'lapse leases', pauseMs: 5_000, run: () => lapseLeases(services) },
    { name: 'forget old components', pauseMs: 60 * 60_000, run: () => forgetComponents(services) },
  ];
  const repeated = jobs.map((job) => repeat(job, services.log));
  return {
    async stop() {
      await Promise.all(repeated.map((job) => job.stop()));
    },
  };
}
