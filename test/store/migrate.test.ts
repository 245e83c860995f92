import { readdir } from 'node:fs/promises';
import { pino } from 'pino';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, open } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { rememberPanels } from '../../src/store/panels.ts';
import { type TestDatabase, testDatabase } from '../harness/database.ts';

const log = pino({ level: 'silent' });
let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase({ empty: true });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

test('several that start at once on an empty database bring it up to date together', async () => {
  await Promise.all(Array.from({ length: 4 }, () => migrate(database.url, log)));
  const files = (await readdir('drizzle')).filter((name) => name.endsWith('.sql')).sort();
  expect((await sql`select name from migrations order by name`).map((row) => row.name)).toEqual(files);
  expect(await sql`select version from policy_version`).toEqual([{ version: '0' }]);
});

test('a database of one’s own is used as it is, and stays open for others', async () => {
  const options = { databaseUrl: database.url, dataDir: '/nowhere' };
  const [first, second] = [await connect(options, log), await connect(options, log)];
  await first.close();
  expect(await second.sql`select count(*) from grants`).toEqual([{ count: 0n }]);
  await second.close();
});

test('one that cannot be reached, and one whose user may not change it, are refused in words', async () => {
  await expect(migrate('postgres://steward@127.0.0.1:1/none', log)).rejects.toThrow(
    /The database cannot be reached \(.*ECONNREFUSED.*\)\. Check DATABASE_URL/,
  );
  const empty = await testDatabase({ empty: true });
  const guest = new URL(empty.url);
  guest.username = 'guest';
  guest.password = 'guest';
  await sql`create role guest login password 'guest'`;
  await expect(migrate(guest.href, log)).rejects.toThrow(
    /could not be brought up to date \(permission denied .*must own it/,
  );
  await empty.drop();
});

test('a panel’s id is for ever of one kind and address', async () => {
  const store = open(database.url, log);
  const main = { id: 'main', kind: 'ctrlpanel', address: 'https://panel.example.com' };
  await rememberPanels(store.sql, [main, { id: 'own', kind: 'builtin', address: null }]);
  for (const address of ['https://panel.example.com/', 'https://Panel.Example.com:443']) {
    await rememberPanels(store.sql, [{ ...main, address }]);
  }
  await expect(rememberPanels(store.sql, [{ ...main, address: 'https://other.example.com' }])).rejects.toThrow(
    /^The panel "main" was ctrlpanel at https:\/\/panel\.example\.com, and is now ctrlpanel at https:\/\/other\.example\.com\./,
  );
  await expect(rememberPanels(store.sql, [{ id: 'own', kind: 'pteroca', address: null }])).rejects.toThrow(
    /was builtin/,
  );
  await store.close();
});

test('a database made by a newer Steward is refused in words, and left alone', async () => {
  await sql`insert into migrations (name) values ('29991231235959_from_the_future.sql')`;
  await expect(migrate(database.url, log)).rejects.toThrow(
    /was made by a newer Steward than this one\. Install that version/,
  );
});
