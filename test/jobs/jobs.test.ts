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
import { createTestPanel } from '../harness/test-panel.ts';

const PACE = { sealMs: 20, postMs: 20, lapseMs: 20, settleMs: 20, fireMs: 500, crawlMs: 20 };

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

test('the accounts of every panel are read by themselves, beside one that does not answer and one that hangs', async () => {
  const store = await testStore();
  const [silent, hanging, well] = [1, 2, 3].map((index) => createTestPanel({ id: `p${index}` }));
  if (!silent || !hanging || !well) throw new Error('there are three');
  well.add({ email: 'alex@example.com', username: 'alex' });
  silent.failNext('list', { kind: 'refuse', failure: 'unreachable' });
  hanging.failNext('list', { kind: 'wait', for: new Promise(() => undefined) });
  const services = await testServices(store, { panels: [silent, hanging, well].map(({ panel }) => panel) });
  const announcer: Announcer = { post: async () => '1', edit: async () => true, tell: async () => 'arrived' };
  const jobs = await startJobs({ services, queues: await openQueues(store, services.log), announcer, pace: PACE });
  onTestFinished(() => jobs.stop(1_000));
  const states = async () =>
    Object.fromEntries(
      (await store.sql`select panel, failure, finished_seen from crawls`).map(({ panel, ...row }) => [panel, row]),
    );
  await expect.poll(states).toEqual({
    p1: { failure: 'unreachable', finished_seen: null },
    p2: { failure: null, finished_seen: null },
    p3: { failure: null, finished_seen: 1n },
  });
  const beganAt = performance.now();
  await jobs.stop(10_000);
  expect(performance.now() - beganAt).toBeLessThan(5_000);
  expect([...(await store.sql`select panel from crawls where lease_token is not null`)]).toEqual([]);
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
    const jobs = await startJobs({ services, queues: await openQueues(store, services.log), announcer, pace: PACE });
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
