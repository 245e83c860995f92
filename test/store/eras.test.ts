import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { checkChain } from '../../src/services/audit/check.ts';
import { open } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { testDatabase } from '../harness/database.ts';
import { sealAll } from '../harness/sealing.ts';
import { testServices } from '../harness/services.ts';
import { createTestPanel } from '../harness/test-panel.ts';

const log = pino({ level: 'silent' });
const database = await testDatabase();
const store = open(database.url, log);
const { sql } = store;
const services = await testServices(store, { panels: [createTestPanel().panel] });
const key = services.auditKey;
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** More transactions than any server of a test has counted. */
const FAR = 10n ** 12n;

async function write(action: string, transactionId: bigint | null = null): Promise<void> {
  await sql`
    insert into audit (actor_id, action, outcome, facts, transaction_id)
    values ('1', ${action}, 'succeeded', '{}', coalesce(${transactionId}, pg_current_xact_id()::text::bigint))`;
}

async function sealed(): Promise<string[]> {
  await sealAll(services);
  const rows = await sql<{ action: string; era: number }[]>`
    select action, era from audit_seals join audit on audit.id = audit_id order by position`;
  return rows.map(({ action, era }) => `${action} in era ${era}`);
}

describe('a database restored from a dump, into a server that has counted fewer transactions', () => {
  it('is seen for what it is when Steward starts, once', async () => {
    await write('before the dump');
    await sealed();
    await write('sealed when it was dumped', FAR);
    await write('not sealed when it was dumped', FAR + 1n);
    await Promise.all([migrate(database.url, log), migrate(database.url, log)]);
    expect(await sql`select era from audit_eras order by era`).toEqual([{ era: 0 }, { era: 1 }]);
  });

  it('goes on sealing: first what the dump had, then what is new', async () => {
    await write('after the restore');
    expect(await sealed()).toEqual([
      'before the dump in era 0',
      'sealed when it was dumped in era 0',
      'not sealed when it was dumped in era 0',
      'after the restore in era 1',
    ]);
    expect(await checkChain(sql, key)).toMatchObject({ fault: null, sealed: 4 });
  });

  it('is left alone by every further start', async () => {
    await migrate(database.url, log);
    expect(await sql`select max(era) as era from audit_eras`).toEqual([{ era: 1 }]);
  });

  it('may be restored again', async () => {
    await write('of the second life', FAR);
    await migrate(database.url, log);
    await write('of the third');
    expect((await sealed()).slice(-2)).toEqual(['of the second life in era 1', 'of the third in era 2']);
  });

  it('has eras that nobody takes back', async () => {
    await expect(sql`delete from audit_eras where era > 0`).rejects.toThrow(/only grows/);
  });

  it('has the era of a row under its seal', async () => {
    await sql`alter table audit disable trigger audit_only_grows`;
    await sql`update audit set era = 3 where action = 'of the third'`;
    expect((await checkChain(sql, key)).fault).toMatchObject({ kind: 'changed', position: 6 });
  });
});
