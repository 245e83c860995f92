import { expect, test } from 'vitest';
import { testStore } from '../harness/database.ts';

const { sql } = await testStore();

const movement = {
  panel: 'main',
  account_id: '1001',
  kind: 'outside',
  delta_minor: 12_345_678_901_234_567n,
  balance_minor: 12_345_678_901_234_567n,
  unit_code: 'credits',
  unit_scale: 2,
};

test.each([
  ['audit', { actor_id: '1', action: 'user.view', outcome: 'done', facts: {} }],
  ['audit_seals', { position: 1, audit_id: 1, seal: Buffer.from('seal') }],
  ['ledger', movement],
])('%s grows, and refuses to be changed, cut or emptied', async (table, row) => {
  const [column = ''] = Object.keys(row);
  await sql`insert into ${sql(table)} ${sql(row)}`;
  await expect(sql`update ${sql(table)} set ${sql(column)} = default`).rejects.toThrow(/only grows: update/);
  await expect(sql`delete from ${sql(table)}`).rejects.toThrow(/only grows: delete/);
  await expect(sql`truncate ${sql(table)}`).rejects.toThrow(/only grows: truncate/);
  expect(await sql`select 1 from ${sql(table)}`).toHaveLength(1);
});

test('a change of grants or settings raises the policy version and is told to who listens', async () => {
  const heard: string[] = [];
  const { unlisten } = await sql.listen('steward_policy', (version) => heard.push(version));
  const version = async () => (await sql<{ version: bigint }[]>`select version from policy_version`)[0]?.version;
  const before = (await version()) ?? 0n;

  await sql`insert into grants (subject_kind, subject_id, preset, created_by, origin) values ('role', '7', 'helper', '1', 'i1')`;
  await sql`insert into settings (name, value, changed_by) values ('auditChannelId', ${sql.json('9007199254740993')}, '1')`;
  await sql`update grants set revoked_by = '1'`;
  expect(await version()).toBe(before + 3n);
  await expect.poll(() => heard).toEqual([1n, 2n, 3n].map((step) => `${before + step}`));
  await unlisten();
});

test('nothing is lost on the way to the database and back', async () => {
  const at = new Date('2026-03-01T12:00:00.123Z');
  const value = { id: '9007199254740993', tags: ['a', 'b'], text: '1042' };
  await sql`insert into settings ${sql({ name: 'object', value: sql.json(value), changed_by: '1', changed_at: at })}`;
  await sql`insert into settings ${sql({ name: 'text', value: sql.json('1042'), changed_by: '1', changed_at: at })}`;
  const rows = await sql`select value, changed_at from settings where name in ('object', 'text') order by name`;
  expect(rows).toEqual([
    { value, changed_at: at },
    { value: '1042', changed_at: at },
  ]);
  expect(await sql`select delta_minor from ledger`).toEqual([{ delta_minor: movement.delta_minor }]);
});
