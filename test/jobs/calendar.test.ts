import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { runCalendar } from '../../src/jobs/calendar.ts';
import { openQueues } from '../../src/jobs/queues.ts';
import { testStore } from '../harness/database.ts';

const store = await testStore();
const log = pino({ level: 'silent' });

test('a job is entered once however often the bot starts, with its time as it is now, and missed times are made up for', async () => {
  for (const [cron, timeZone] of [
    ['0 3 * * *', 'UTC'],
    ['0 4 * * *', 'Europe/Berlin'],
  ] as const) {
    const queues = await openQueues(store, log);
    onTestFinished(() => queues.stop(1_000));
    await runCalendar(queues, [{ name: 'sample.daily', cron, run: async () => undefined }], { timeZone, log });
  }
  const entries = await store.sql`select name, cron, timezone, options ->> 'missed' as missed from pgboss.schedule`;
  expect([...entries]).toEqual([
    { name: 'sample.daily', cron: '0 4 * * *', timezone: 'Europe/Berlin', missed: 'once' },
  ]);
});

test('a job whose time has come is run by one process, and again when it failed', async () => {
  const bots = await Promise.all([openQueues(store, log), openQueues(store, log)]);
  const [{ boss }] = bots;
  await boss.createQueue('sample.hourly');
  let runs = 0;
  const job = {
    name: 'sample.hourly',
    cron: '0 * * * *',
    async run() {
      runs += 1;
      throw new Error('this run fails');
    },
  };
  await boss.send(job.name, null, { retryLimit: 1, retryDelay: 60 });
  for (const queues of bots) {
    onTestFinished(() => queues.stop(1_000));
    await runCalendar(queues, [job], { timeZone: 'UTC', log });
  }
  const states = async () => [...(await store.sql`select state from pgboss.job where name = ${job.name}`)];
  await expect.poll(states).toEqual([{ state: 'retry' }]);
  expect(runs).toBe(1);
});
