import { describe, expect, it } from 'vitest';
import { type PostedHead, rememberedHead } from '../../../src/services/audit/heads.ts';
import { recordAudit } from '../../../src/services/audit/record.ts';
import { sealAudit } from '../../../src/services/audit/seal.ts';
import { type AuditFault, type AuditVerdict, verifyAudit } from '../../../src/services/audit/verify.ts';
import type { Services } from '../../../src/services/context.ts';
import type { Store } from '../../../src/store/connect.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { sealAll } from '../../harness/sealing.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

interface Log {
  readonly store: Store;
  readonly services: Services;
  check(head?: { position: number; seal: string }): Promise<AuditVerdict>;
}

/** A log of five rows, of which the third has a personal part. */
async function sealedLog(postedHeads?: Services['postedHeads']): Promise<Log> {
  const store = await testStore();
  const services = await testServices(store, {
    panels: [createTestPanel().panel],
    ...(postedHeads ? { postedHeads } : {}),
  });
  for (const action of ['first', 'second', 'third', 'fourth', 'fifth']) await append(store, action);
  await sealAll(services);
  return { store, services, check: (head) => verifyAudit(contextOf(services, OWNER), head ?? null) };
}

async function append(store: Store, action: string): Promise<void> {
  await store.sql.begin((transaction) =>
    recordAudit(transaction, {
      actorId: '1',
      action,
      outcome: 'succeeded',
      facts: { note: action },
      ...(action === 'third' ? { personal: { email: 'alex@example.com' } } : {}),
    }),
  );
}

/** As somebody who has the database in hand, and no key. */
async function tamper({ store }: Log, run: (sql: Store['sql']) => Promise<unknown>): Promise<void> {
  await store.sql`alter table audit disable trigger audit_only_grows`;
  await store.sql`alter table audit_seals disable trigger audit_seals_only_grows`;
  await run(store.sql);
}

async function faultAfter(run: (sql: Store['sql']) => Promise<unknown>): Promise<AuditFault | null> {
  const log = await sealedLog();
  await tamper(log, run);
  return (await log.check()).fault;
}

describe('a check of the audit log', () => {
  it('finds nothing in one that nobody touched, and gives the head to keep', async () => {
    const { store, check } = await sealedLog();
    const [last] = await store.sql`select encode(seal, 'hex') as seal from audit_seals where position = 5`;
    await append(store, 'too new to be sealed');
    expect(await check()).toEqual({
      fault: null,
      sealed: 5,
      since: expect.any(Date),
      head: { position: 5, seal: last?.seal },
      compared: [],
      unsealed: 1,
    });
  });

  it('finds nothing in an empty one', async () => {
    const store = await testStore();
    const services = await testServices(store, { panels: [createTestPanel().panel] });
    const verdict = await verifyAudit(contextOf(services, OWNER), null);
    expect(verdict).toEqual({ fault: null, sealed: 0, since: null, head: null, compared: [], unsealed: 0 });
  });

  it('walks over more rows than it reads at a time', async () => {
    const { store, services, check } = await sealedLog();
    await store.sql`
      insert into audit (actor_id, action, outcome, facts) select '1', 'row ' || n, 'succeeded', '{}' from generate_series(6, 2500) as n`;
    await sealAll(services);
    expect(await check()).toMatchObject({ fault: null, sealed: 2500 });
    await tamper({ store, services, check }, (sql) => sql`update audit set action = 'row 0' where action = 'row 2001'`);
    expect((await check()).fault).toMatchObject({ kind: 'changed', position: 2001, row: { action: 'row 0' } });
  });

  it('names the first row that was changed, with what it says now', async () => {
    const fault = await faultAfter(async (sql) => {
      await sql`update audit set actor_id = '2' where action in ('second', 'fourth')`;
    });
    expect(fault).toEqual({
      kind: 'changed',
      position: 2,
      row: { at: expect.any(Date), actorId: '2', action: 'second', operation: null },
    });
  });

  it('sees through every column of a row', async () => {
    const log = await sealedLog();
    const columns = await log.store.sql<{ name: string }[]>`
      select column_name as name from information_schema.columns where table_name = 'audit' and column_name <> 'id'`;
    const changes: Readonly<Record<string, string>> = {
      at: "at + interval '1 day'",
      facts: `'{"note": "another"}'`,
      operation: '7',
      personal_digest: "'another'",
      transaction_id: 'transaction_id + 1',
      era: 'era + 1',
    };
    await tamper(log, (sql) => sql`create table kept as table audit`);
    for (const { name } of columns) {
      const value = changes[name] ?? "'another'";
      await log.store.sql.unsafe(
        `update audit set ${name} = ${value} where id = (select audit_id from audit_seals where position = 2)`,
      );
      expect((await log.check()).fault, name).toMatchObject({ kind: 'changed', position: 2 });
      await log.store.sql`delete from audit`;
      await log.store.sql`insert into audit select * from kept`;
    }
    expect((await log.check()).fault).toBeNull();
  });

  it('names a row that was removed, and when it had been sealed', async () => {
    const fault = await faultAfter((sql) => sql`delete from audit where action = 'second'`);
    expect(fault).toEqual({ kind: 'removed', position: 2, count: 1, sealedAt: expect.any(Date) });
  });

  it('names rows that were removed with their seals', async () => {
    const fault = await faultAfter(async (sql) => {
      await sql`delete from audit where action in ('second', 'third')`;
      await sql`delete from audit_seals where position in (2, 3)`;
    });
    expect(fault).toEqual({ kind: 'removed', position: 2, count: 2, sealedAt: null });
  });

  it('is not misled by positions that were closed up behind removed rows', async () => {
    const fault = await faultAfter(async (sql) => {
      await sql`delete from audit where action = 'second'`;
      await sql`delete from audit_seals where position = 2`;
      await sql`update audit_seals set position = -position`;
      await sql`update audit_seals set position = case when position = -1 then 1 else -position - 1 end`;
    });
    expect(fault).toMatchObject({ kind: 'changed', position: 2, row: { action: 'third' } });
  });

  it('names a row that was put among sealed ones', async () => {
    const fault = await faultAfter(async (sql) => {
      await sql`
        insert into audit (actor_id, action, outcome, facts, transaction_id)
        select '2', 'put in between', 'succeeded', '{}', transaction_id from audit where action = 'second'`;
      await sql`update audit set actor_id = '3' where action = 'fifth'`;
    });
    expect(fault).toMatchObject({ kind: 'inserted', position: 2, row: { actorId: '2', action: 'put in between' } });
  });

  it('names a row that was put before all others', async () => {
    const fault = await faultAfter(
      (sql) =>
        sql`insert into audit (actor_id, action, outcome, facts, transaction_id) values ('2', 'before', 'succeeded', '{}', 1)`,
    );
    expect(fault).toMatchObject({ kind: 'inserted', position: 0, row: { action: 'before' } });
  });

  it('names a row whose personal part was changed, and minds none that was forgotten', async () => {
    const log = await sealedLog();
    await log.store.sql`update audit_personal set values = '{"email": "eve@example.com"}'`;
    expect((await log.check()).fault).toMatchObject({
      kind: 'personal_changed',
      position: 3,
      row: { action: 'third' },
    });
    await log.store.sql`delete from audit_personal`;
    expect((await log.check()).fault).toBeNull();
    await log.store
      .sql`insert into audit_personal (audit_id, salt, values) select id, 'salt', '{}' from audit where action = 'first'`;
    expect((await log.check()).fault).toMatchObject({ kind: 'personal_changed', position: 1 });
  });

  it('goes on sealing behind a removed last row, and still says that it is missing', async () => {
    const log = await sealedLog();
    await tamper(log, (sql) => sql`delete from audit where action = 'fifth'`);
    await append(log.store, 'sixth');
    await expect.poll(() => sealAudit(log.services)).toBe(1);
    expect((await log.check()).fault).toMatchObject({ kind: 'removed', position: 5 });
  });
});

describe('heads', () => {
  const cutOff = async (sql: Store['sql']) => {
    await sql`delete from audit where action in ('fourth', 'fifth')`;
    await sql`delete from audit_seals where position > 3`;
  };

  it('show that the end was cut off, which the chain alone cannot', async () => {
    const log = await sealedLog();
    const { head } = await log.check();
    if (!head) throw new Error('the log has a head');
    expect((await log.check(head)).fault).toBeNull();
    await tamper(log, cutOff);
    expect((await log.check()).fault).toBeNull();
    expect((await log.check(head)).fault).toEqual({ kind: 'cut_off', position: 4, head: { ...head, from: 'given' } });
  });

  it('show it when the log has grown again since', async () => {
    const log = await sealedLog();
    const { head } = await log.check();
    if (!head) throw new Error('the log has a head');
    await tamper(log, cutOff);
    for (const action of ['another fourth', 'another fifth', 'another sixth']) await append(log.store, action);
    await sealAll(log.services);
    expect(await log.check(head)).toMatchObject({ fault: { kind: 'cut_off', position: 5 }, sealed: 6 });
  });

  it('show it, too, when another was posted since: each is compared', async () => {
    const posted: PostedHead[] = [];
    const log = await sealedLog({ among: async () => posted });
    await remember(log, '7');
    const head = async () => {
      const { head } = await log.check();
      if (head) posted.unshift({ ...head, at: new Date(head.position) });
    };
    await head();
    await tamper(log, cutOff);
    for (const action of ['another fourth', 'another fifth', 'another sixth']) await append(log.store, action);
    await sealAll(log.services);
    await head();
    expect(await log.check()).toMatchObject({
      fault: { kind: 'cut_off', position: 5, head: { from: 'channel', position: 5 } },
    });
  });

  it('are read where they were posted, whatever the database says of them', async () => {
    const posted = { position: 5, seal: 'a'.repeat(64), at: new Date('2026-03-01') };
    const log = await sealedLog({ among: async (channelId) => (channelId === '7' ? [posted] : []) });
    await remember(log, '7');
    expect((await log.check()).fault).toEqual({ kind: 'cut_off', position: 5, head: { ...posted, from: 'channel' } });
  });

  it('are taken from the database where the channel cannot be read, and said to be', async () => {
    const log = await sealedLog();
    await remember(log, '7');
    expect(await log.check()).toMatchObject({ fault: null, compared: [{ from: 'database', position: 5 }] });
    await tamper(log, cutOff);
    expect((await log.check()).fault).toMatchObject({ kind: 'cut_off', position: 4, head: { from: 'database' } });
  });

  async function remember({ store }: Log, channelId: string): Promise<void> {
    await store.sql`
      insert into notices (kind, lane, content, posted_at, channel_id, message_id)
      select 'head', 'audit', jsonb_build_object('position', position, 'seal', encode(seal, 'hex')), now(), ${channelId}, '9'
      from audit_seals order by position desc limit 1`;
    expect(await rememberedHead(store)).toMatchObject({ position: 5, channelId });
  }
});

describe('who may check', () => {
  it('is whoever may read all of it: the chain is one for all panels', async () => {
    const { services } = await sealedLog();
    await giveGrant(services, { userId: '70', permission: 'audit.view', panel: 'test' });
    await giveGrant(services, { userId: '71', permission: 'audit.view' });
    expect(await refusal(verifyAudit(contextOf(services, '70'), null))).toBe('policy.denied');
    expect(await refusal(verifyAudit(contextOf(services, '71'), null))).toBe('none');
  });
});
