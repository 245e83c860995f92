import { describe, expect, onTestFinished, test } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import { USER_IDS } from '../../sandbox/world.ts';
import { type Jobs, startJobs } from '../../src/jobs/jobs.ts';
import { openQueues } from '../../src/jobs/queues.ts';
import type { Announcer } from '../../src/services/notices/notice.ts';
import { owePolicyNotice } from '../../src/services/notices/owe.ts';
import { startBot } from '../harness/bot.ts';
import { testStore } from '../harness/database.ts';
import { testServices } from '../harness/services.ts';

test('while a bot runs, its audit log is sealed and what is owed is brought, by itself', async () => {
  const bot = await startBot({ catalogue, jobs: true });
  await bot.discord
    .as(USER_IDS.ada ?? '')
    .command('policy grant', { who: USER_IDS.mira ?? '', permission: 'accounts.view' });
  const open = async () => {
    const [row] = await bot.store.sql<{ entries: bigint; unsealed: bigint; owed: bigint }[]>`
      select (select count(*) from audit) as entries,
        (select count(*) from audit where id > coalesce((select max(audit_id) from audit_seals), 0)) as unsealed,
        (select count(*) from notices where posted_at is null and abandoned is null) as owed`;
    return row;
  };
  await expect.poll(open).toEqual({ entries: 1n, unsealed: 0n, owed: 0n });
});

describe('while Discord takes its time for the audit channel', () => {
  const PEOPLE = Array.from({ length: 20 }, (_, index) => String(100 + index));

  /** Jobs whose first message to the audit channel is on its way until the test is over, with as many to people behind it. */
  async function waitingJobs(): Promise<{ readonly jobs: Jobs; readonly told: readonly string[] }> {
    const store = await testStore();
    const services = await testServices(store, { panels: [] });
    await store.sql`insert into settings (name, value, changed_by) values ('auditChannelId', '"7"', 'test')`;
    await services.policy.refresh();
    await store.sql.begin((transaction) =>
      owePolicyNotice(transaction, PEOPLE, { action: 'settings.change', actorId: '1', changes: [] }),
    );
    const { promise: underWay, resolve: release } = Promise.withResolvers<string>();
    const { promise: began, resolve: begin } = Promise.withResolvers<void>();
    const told: string[] = [];
    const announcer: Announcer = {
      post() {
        begin();
        return underWay;
      },
      edit: async () => true,
      async tell(userId) {
        told.push(userId);
        return 'arrived';
      },
    };
    const pace = { sealMs: 20, postMs: 20, lapseMs: 20, settleMs: 20, fireMs: 500 };
    const jobs = await startJobs({ services, queues: await openQueues(store, services.log), announcer, pace });
    onTestFinished(async () => {
      release('1');
      await jobs.stop(1_000);
    });
    await began;
    return { jobs, told };
  }

  test('people are told all the same', async () => {
    const { told } = await waitingJobs();
    await expect.poll(() => told).toEqual(PEOPLE);
  });

  test('stopping waits no longer than it is given', async () => {
    const { jobs } = await waitingJobs();
    await jobs.stop(200);
  });
});
