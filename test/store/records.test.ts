import { expect, test } from 'vitest';
import { audit, auditSeals, grants, ledger, settings } from '../../src/store/schema/index.ts';
import { testStore } from '../harness/database.ts';

const store = await testStore();

const movement = {
  panel: 'main',
  accountId: '1001',
  kind: 'outside',
  deltaMinor: 12_345_678_901_234_567n,
  balanceMinor: 12_345_678_901_234_567n,
  unitCode: 'credits',
  unitScale: 2,
} as const;

test.each([
  ['audit', () => store.db.insert(audit).values({ actorId: '1', action: 'user.view', outcome: 'done', facts: {} })],
  ['audit_seals', () => store.db.insert(auditSeals).values({ position: 1, auditId: 1, seal: Buffer.from('seal') })],
  ['ledger', () => store.db.insert(ledger).values(movement)],
])('%s grows, and refuses to be changed, cut or emptied', async (table, insert) => {
  await insert();
  const name = store.sql(table);
  const [column] = await store.sql<{ name: string }[]>`
    select column_name as name from information_schema.columns where table_name = ${table} limit 1`;
  await expect(store.sql`update ${name} set ${store.sql(column?.name ?? '')} = default`).rejects.toThrow(
    /only grows: update/,
  );
  await expect(store.sql`delete from ${name}`).rejects.toThrow(/only grows: delete/);
  await expect(store.sql`truncate ${name}`).rejects.toThrow(/only grows: truncate/);
  expect(await store.sql`select 1 from ${name}`).toHaveLength(1);
});

test('a change of grants or settings raises the policy version and is told to who listens', async () => {
  const heard: string[] = [];
  const { unlisten } = await store.sql.listen('steward_policy', (version) => heard.push(version));
  const version = async () => (await store.sql<{ version: bigint }[]>`select version from policy_version`)[0]?.version;
  const grant = { subjectKind: 'role', subjectId: '7', preset: 'helper', createdBy: '1', origin: 'i1' } as const;

  const before = (await version()) ?? 0n;
  await store.db.insert(grants).values(grant);
  await store.db.insert(settings).values({ name: 'auditChannelId', value: '9007199254740993', changedBy: '1' });
  await store.db.update(grants).set({ revokedBy: '1' });
  expect(await version()).toBe(before + 3n);

  await expect.poll(() => heard).toEqual([1n, 2n, 3n].map((step) => `${before + step}`));
  await unlisten();
});

test('both ways of asking read every type alike, and lose nothing', async () => {
  const at = new Date('2026-03-01T12:00:00.123Z');
  await store.db
    .insert(settings)
    .values({ name: 'sample', value: '9007199254740993', changedBy: '1', changedAt: at })
    .onConflictDoNothing();
  await store.sql`
    insert into settings ${store.sql({ name: 'object', value: store.sql.json({ ids: ['1'] }), changed_by: '1', changed_at: at })}`;
  await store.sql`
    insert into settings ${store.sql({ name: 'text', value: store.sql.json('1042'), changed_by: '1', changed_at: at })}`;
  const byDrizzle = await store.db.select().from(settings);
  const bySql = await store.sql`select name, value, changed_by as "changedBy", changed_at as "changedAt" from settings`;
  expect(byDrizzle).toEqual([...bySql]);
  expect(byDrizzle.find((row) => row.name === 'sample')).toMatchObject({ value: '9007199254740993', changedAt: at });
  expect(byDrizzle.find((row) => row.name === 'object')).toMatchObject({ value: { ids: ['1'] }, changedAt: at });
  expect(byDrizzle.find((row) => row.name === 'text')).toMatchObject({ value: '1042', changedAt: at });
  expect(await store.sql`select delta_minor from ledger`).toEqual([{ delta_minor: movement.deltaMinor }]);
});
