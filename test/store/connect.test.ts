import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { open } from '../../src/store/connect.ts';
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
// The first connection learns what the others need not ask.
await sql`select`;

test('what is asked just as connections break ends, too: none of it waits for ever', async () => {
  const ask = () => sql`select pg_sleep(0.1)`.then(() => 'answered', String);
  const asked = Array.from({ length: 30 }, () => ask().then((first) => (first === 'answered' ? first : ask())));
  await delay(60);
  lossy.reset();
  const ended = await Promise.all(asked);
  expect(ended).toContain('answered');
  expect(await ask()).toBe('answered');
});
