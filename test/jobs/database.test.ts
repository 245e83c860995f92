import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { overPool } from '../../src/jobs/database.ts';
import { testStore } from '../harness/database.ts';

const { sql } = await testStore();
await sql`create table kept (what text)`;
const database = overPool(sql);

const kept = async () => (await sql<{ what: string }[]>`select what from kept`).map(({ what }) => what);

test('a script that fails keeps nothing, and leaves no transaction open behind it', async () => {
  const script =
    "\n BEGIN;\n SET LOCAL lock_timeout = 30000;\n insert into kept values ('half');\n select 1 / 0;\n COMMIT;\n ";
  await expect(database.executeSql(script)).rejects.toThrow('division by zero');
  expect(await kept()).toEqual([]);
  await delay(10);
  const [left] = await sql<{ open: bigint }[]>`
    select count(*) as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`;
  expect(left?.open).toBe(0n);
});

test('a script answers with the rows of all its statements', async () => {
  const { rows } = await database.executeSql(
    "BEGIN; insert into kept values ('a'), ('b') returning what; select 'c' as what; COMMIT;",
  );
  expect(rows).toEqual([{ what: 'a' }, { what: 'b' }, { what: 'c' }]);
  expect(await kept()).toEqual(['a', 'b']);
});

test('values arrive as what the statement takes them for, and what is left out as null', async () => {
  const values = ['3', ['a', 'b'], { one: 1 }, undefined, new Date(0)];
  const { rows } = await database.executeSql(
    "select $1::int + 1 as number, $2::text[] as list, $3::jsonb ->> 'one' as one, $4::text is null as absent, $5::timestamptz as at",
    values,
  );
  expect(rows).toEqual([{ number: 4, list: ['a', 'b'], one: '1', absent: true, at: new Date(0) }]);
});

test('JSON that was written already is read as what it says', async () => {
  const rows = JSON.stringify([{ name: 'audit.head' }]);
  const read = 'select name from json_to_recordset($1::json) as x (name text)';
  expect(await database.executeSql(read, [rows])).toEqual({ rows: [{ name: 'audit.head' }] });
  const { rows: merged } = await database.executeSql('select $1::jsonb || $2::jsonb as both', ['{"a":1}', { b: 2 }]);
  expect(merged).toEqual([{ both: { a: 1, b: 2 } }]);
});
