import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { refuse } from '../../src/domain/refusal.ts';
import { openQueues, type Queues } from '../../src/jobs/queues.ts';
import { createTimers, fireTimers } from '../../src/jobs/timers.ts';
import type { Timer, Timers } from '../../src/services/timers/timer.ts';
import { open, type Store } from '../../src/store/connect.ts';
import { testDatabase } from '../harness/database.ts';
import { lossyConnection } from '../harness/lossy-connection.ts';

const log = pino({ level: 'silent' });

interface Bot {
  readonly store: Store;
  readonly queues: Queues;
  readonly timers: Timers;
  /** Operations of the timers that it has begun to fire, oldest first. */
  readonly fired: readonly number[];
  start(fire?: (timer: Timer) => Promise<void>): Promise<void>;
}

async function freshDatabase(): Promise<string> {
  const database = await testDatabase();
  onTestFinished(database.drop);
  return database.url;
}

/** As much of a bot as timers need, on a database that may have others. */
async function bot(url: string): Promise<Bot> {
  const store = open(url, log);
  const queues = await openQueues(store, log);
  onTestFinished(async () => {
    await queues.stop(1_000);
    await store.close();
  });
  const timers = await createTimers(queues);
  const fired: number[] = [];
  return {
    store,
    queues,
    timers,
    fired,
    start: (fire = async () => undefined) =>
      fireTimers(queues, {
        log,
        pollSeconds: 0.5,
        fire(timer) {
          fired.push(timer.operation);
          return fire(timer);
        },
      }),
  };
}

const end = (operation: number): Timer => ({ kind: 'suspension.end', operation });

function set({ store, timers }: Bot, operation: number, at = new Date()): Promise<void> {
  return store.sql.begin((transaction) => timers.set(transaction, end(operation), at)) as Promise<void>;
}

async function states({ store }: Bot): Promise<readonly string[]> {
  const rows = await store.sql<
    { state: string }[]
  >`select state from pgboss.job where name = 'timers' order by created_on`;
  return rows.map(({ state }) => state);
}

describe('a timer', () => {
  test('fires with what it was set for, and not before it is due', async () => {
    const steward = await bot(await freshDatabase());
    const seen: Timer[] = [];
    await steward.start(async (timer) => void seen.push(timer));
    await set(steward, 1, new Date(Date.now() + 1_500));
    await set(steward, 2);
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([end(2), end(1)]);
    await expect.poll(() => states(steward)).toEqual(['completed', 'completed']);
  });

  test('is not set when the transaction that sets it is rolled back', async () => {
    const steward = await bot(await freshDatabase());
    const rolledBack = steward.store.sql.begin(async (transaction) => {
      await steward.timers.set(transaction, end(1), new Date());
      throw new Error('it is not to be');
    });
    await expect(rolledBack).rejects.toThrow('it is not to be');
    await set(steward, 2);
    await steward.start();
    await expect.poll(() => steward.fired).toEqual([2]);
    expect(await states(steward)).toHaveLength(1);
  });

  test('that was due while no bot ran fires once after one has started', async () => {
    const url = await freshDatabase();
    const before = await bot(url);
    await set(before, 1, new Date(Date.now() + 100));
    await before.queues.stop(1_000);
    await delay(200);

    const after = await bot(url);
    await after.start();
    await expect.poll(() => states(after)).toEqual(['completed']);
    expect([before.fired, after.fired]).toEqual([[], [1]]);
  });

  test('needs no connection but that of its transaction, however many are set at once', async () => {
    const steward = await bot(await freshDatabase());
    await Promise.all(Array.from({ length: 60 }, (_, operation) => set(steward, operation)));
    expect(await states(steward)).toHaveLength(60);
  });

  test('fires in one of several processes', async () => {
    const url = await freshDatabase();
    const bots = await Promise.all([bot(url), bot(url)]);
    const [setter] = bots;
    const operations = Array.from({ length: 100 }, (_, index) => index);
    await Promise.all(operations.map((operation) => set(setter, operation)));
    await Promise.all(bots.map((each) => each.start()));
    await expect.poll(() => states(setter), { timeout: 10_000 }).toEqual(operations.map(() => 'completed'));
    const fired = bots.flatMap((each) => each.fired);
    expect(fired.toSorted((a, b) => a - b)).toEqual(operations);
  });
});

describe('a timer that could not be fired', () => {
  test('because of a fault, or of what passes, is fired again until it is done', async () => {
    const steward = await bot(await freshDatabase());
    const obstacles: Readonly<Record<number, Error>> = {
      1: new Error('the database is away'),
      2: refuse('panel.failed', { panel: 'main', kind: 'unreachable', detail: null }),
      3: refuse('operation.busy', { number: 7 }),
      4: refuse('operation.failed', { number: 7, failure: 'did_not_happen' }),
    };
    for (const operation of [1, 2, 3, 4, 5]) await set(steward, operation);
    await steward.start(async ({ operation }) => {
      const obstacle = obstacles[operation];
      if (obstacle && steward.fired.filter((each) => each === operation).length === 1) throw obstacle;
    });
    await expect.poll(() => steward.fired.toSorted(), { timeout: 15_000 }).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5]);
    await expect.poll(async () => new Set(await states(steward))).toEqual(new Set(['completed']));
  });

  test('because there is nothing more to do is not fired again', async () => {
    const steward = await bot(await freshDatabase());
    await set(steward, 1);
    await steward.start(async () => {
      throw refuse('account.not_suspended', {});
    });
    await expect.poll(() => states(steward)).toEqual(['completed']);
    expect(steward.fired).toEqual([1]);
  });

  test('is kept for years, and tried at least every quarter of an hour', async () => {
    const steward = await bot(await freshDatabase());
    await set(steward, 1);
    const [job] = await steward.store.sql`
      select retry_limit, retry_delay_max, retry_backoff, keep_until > now() + interval '9 years' as kept from pgboss.job`;
    expect(job).toEqual({ retry_limit: 1_000_000, retry_delay_max: 900, retry_backoff: true, kept: true });
  });
});

test('timers are set and fire on after every connection was lost', async () => {
  const lossy = await lossyConnection(await freshDatabase());
  onTestFinished(lossy.close);
  const steward = await bot(lossy.url);
  await steward.start();
  await set(steward, 1);
  await expect.poll(() => steward.fired).toEqual([1]);
  lossy.cut();
  await expect
    .poll(() =>
      set(steward, 2).then(
        () => 'set',
        () => 'lost',
      ),
    )
    .toBe('set');
  await expect.poll(() => steward.fired).toContain(2);
});

describe('stopping', () => {
  test('lets a firing end, and begins no other', async () => {
    const steward = await bot(await freshDatabase());
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await set(steward, 1);
    await steward.start(() => held);
    await expect.poll(() => steward.fired).toEqual([1]);
    const stopped = steward.queues.stop(10_000);
    await set(steward, 2);
    release();
    await stopped;
    expect(await states(steward)).toEqual(['completed', 'created']);
  });

  test('waits no longer than it is given; what had not ended is fired again later', async () => {
    const steward = await bot(await freshDatabase());
    await set(steward, 1);
    await steward.start(() => new Promise<never>(() => undefined));
    await expect.poll(() => steward.fired).toEqual([1]);
    await steward.queues.stop(1_000);
    expect(await states(steward)).toEqual(['retry']);
  });

  test('leaves nothing that keeps the process alive', async () => {
    const steward = await bot(await freshDatabase());
    await set(steward, 1);
    const { child, line } = timersProcess(steward.store);
    expect(await line()).toEqual(end(1));
    const exited = once(child, 'exit');
    child.stdin?.end();
    expect(await exited).toEqual([0, null]);
    expect(await states(steward)).toEqual(['completed']);
  });
});

test('a timer whose process died while it fired is fired again by another', async () => {
  const steward = await bot(await freshDatabase());
  await set(steward, 1);
  const { child, line } = timersProcess(steward.store, 'hang');
  expect(await line()).toEqual(end(1));
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  expect(await states(steward)).toEqual(['active']);

  // As if the two minutes had passed, and the minute between two looks.
  await steward.store.sql`update pgboss.job set started_on = started_on - make_interval(secs => expire_seconds)`;
  await steward.start();
  await steward.queues.boss.supervise('timers');
  await expect.poll(() => states(steward), { timeout: 10_000 }).toEqual(['completed']);
  expect(steward.fired).toEqual([1]);
});

/** Timers fired in a process of their own, with what it says, line by line. */
function timersProcess({ sql }: Store, ...parameters: string[]): { child: ChildProcess; line(): Promise<unknown> } {
  const { user, pass, host, port, database } = sql.options;
  const url = `postgres://${user}:${pass}@${host[0]}:${port[0]}/${database}`;
  const script = path.join(import.meta.dirname, 'fixtures/timers-process.ts');
  const child = spawn(process.execPath, [script, url, ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return { child, line: async () => JSON.parse((await lines.next()).value ?? 'null') };
}
