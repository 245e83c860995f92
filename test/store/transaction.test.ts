import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { open, type Transaction } from '../../src/store/connect.ts';
import { testDatabase } from '../harness/database.ts';
import { lossyConnection } from '../harness/lossy-connection.ts';

const database = await testDatabase();
const lossy = await lossyConnection(database.url);
const store = open(lossy.url, pino({ level: 'fatal' }));
const { sql } = store;
afterAll(async () => {
  await store.close();
  await lossy.close();
  await database.drop();
});
await sql`create table kept (what text)`;

const LOSSES: Readonly<Record<string, (transaction: Transaction) => Promise<unknown>>> = {
  async 'during a statement'(transaction) {
    setTimeout(lossy.cut, 50);
    await transaction`select pg_sleep(1)`;
  },
  async 'during several'(transaction) {
    setTimeout(lossy.cut, 50);
    await Promise.all([transaction`select pg_sleep(1)`, transaction`insert into kept values ('one of several')`]);
  },
  async 'between two'() {
    lossy.cut();
    await delay(100);
  },
  async 'by the server, during one'(transaction) {
    const [row] = await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`;
    setTimeout(() => void end(row?.pid), 50);
    await transaction`select pg_sleep(1)`;
  },
  async 'by the server, between two'(transaction) {
    const [row] = await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await end(row?.pid);
    await delay(100);
  },
};

const end = async (pid = 0) => sql`select pg_terminate_backend(${pid})`;

/** What was lost may show once more, in whatever asks next. */
async function settled(): Promise<void> {
  for (let asked = 0; asked < 40; asked += 1) await sql`select 1`.catch(() => undefined);
}

const STATEMENTS: Readonly<Record<string, (transaction: Transaction) => Promise<unknown>>> = {
  template: (transaction) => transaction`insert into kept values ('after')`,
  text: (transaction) => transaction.unsafe('insert into kept values ($1)', ['after']),
};

const cases = Object.keys(LOSSES).flatMap((loss) => Object.keys(STATEMENTS).map((statement) => [loss, statement]));

describe('a transaction whose connection is lost', () => {
  it.each(cases)(
    '%s, fails, keeps nothing, and leaves all else in order, its next statement a %s',
    async (loss = '', statement = '') => {
      const run = sql.begin(async (transaction) => {
        await transaction`insert into kept values ('before')`;
        try {
          await LOSSES[loss]?.(transaction);
        } finally {
          await STATEMENTS[statement]?.(transaction);
        }
      });
      await expect(run).rejects.toThrow('CONNECTION_CLOSED');
      await settled();
      expect([...(await sql`select what from kept`)]).toEqual([]);
    },
  );

  it('after its last statement, fails, keeps nothing, and leaves the process alive', async () => {
    const run = sql.begin(async (transaction) => {
      await transaction`insert into kept values ('before')`;
      lossy.cut();
      await delay(100);
    });
    await expect(run).rejects.toThrow('CONNECTION_CLOSED');
    await settled();
    expect([...(await sql`select what from kept`)]).toEqual([]);
  });

  it('during a statement that others wait for, fails them, too', async () => {
    const ended: Promise<unknown>[] = [];
    const run = sql.begin(async (transaction) => {
      // What a connection has not prepared yet is sent alone.
      const statements = ['a', 'b', 'c'].map((what) => transaction`select ${what}, pg_sleep(${0.3}::float)`);
      ended.push(...statements.map((statement) => statement.then(() => 'done', String)));
      setTimeout(lossy.cut, 50);
      await Promise.all(statements);
    });
    await expect(run).rejects.toThrow('CONNECTION_CLOSED');
    expect(await Promise.all(ended)).toEqual(Array(3).fill(expect.stringContaining('CONNECTION_CLOSED')));
    await settled();
  });
});
