import { describe, expect, it } from 'vitest';
import { recordAudit } from '../../../src/services/audit/record.ts';
import { type AuditRow, sealAudit, sealingKey, sealOf } from '../../../src/services/audit/seal.ts';
import { testStore } from '../../harness/database.ts';
import { sealAll } from '../../harness/sealing.ts';
import { testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const services = await testServices(store, { panels: [createTestPanel().panel] });
const key = services.auditKey;

const entry = (action: string) => ({ actorId: '1', action, outcome: 'succeeded', facts: { note: action } }) as const;

async function chain(): Promise<{ row: AuditRow; seal: Uint8Array }[]> {
  const seals = await store.sql<(AuditRow & { seal: Uint8Array })[]>`
    select audit.*, seal from audit_seals join audit on audit.id = audit_id order by position`;
  return seals.map(({ seal, ...row }) => ({ row, seal }));
}

function isWhole(links: { row: AuditRow; seal: Uint8Array }[], sealedWith: Uint8Array): boolean {
  let previous: Uint8Array = new Uint8Array(32);
  return links.every(({ row, seal }) => {
    const expected = sealOf(sealedWith, previous, row);
    previous = seal;
    return expected.equals(Buffer.from(seal));
  });
}

describe('the chain over the audit log', () => {
  it('takes every row that is surely visible, once, and none of a transaction still running', async () => {
    await store.sql.begin((transaction) => recordAudit(transaction, entry('first')));
    const { promise: hold, resolve: release } = Promise.withResolvers<void>();
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    const slow = store.sql.begin(async (transaction) => {
      await recordAudit(transaction, entry('slow'));
      wrote();
      await hold;
    });
    await written;
    await store.sql.begin((transaction) => recordAudit(transaction, entry('quick')));
    await expect.poll(() => sealAudit(services)).toBe(1);
    expect(await sealAudit(services)).toBe(0);
    release();
    await slow;
    expect(await sealAll(services)).toBe(2);
    expect((await chain()).map(({ row }) => row.action)).toEqual(['first', 'slow', 'quick']);
  });

  it('is whole under its key and under no other', async () => {
    const links = await chain();
    expect(isWhole(links, key)).toBe(true);
    expect(isWhole(links, sealingKey('another secret altogether'))).toBe(false);
  });

  it('breaks when a row says something else', async () => {
    const links = await chain();
    const [first, ...rest] = links;
    if (!first) throw new Error('nothing was sealed');
    expect(isWhole([{ ...first, row: { ...first.row, actor_id: '2' } }, ...rest], key)).toBe(false);
    expect(isWhole(rest, key)).toBe(false);
  });

  it('is sealed by one of two processes at once, without a gap or a double', async () => {
    for (let index = 0; index < 30; index += 1) {
      await store.sql.begin((transaction) => recordAudit(transaction, entry(`row ${index}`)));
    }
    await Promise.all([sealAudit(services), sealAudit(services), sealAudit(services)]);
    await sealAll(services);
    const links = await chain();
    expect(links).toHaveLength(33);
    expect(isWhole(links, key)).toBe(true);
  });

  it('keeps whole when personal values are forgotten', async () => {
    await store.sql.begin((transaction) =>
      recordAudit(transaction, { ...entry('personal'), personal: { email: 'alex@example.com' } }),
    );
    await sealAll(services);
    await store.sql`delete from audit_personal`;
    expect(isWhole(await chain(), key)).toBe(true);
  });
});

describe('the audit log', () => {
  it('refuses to be changed, emptied or shortened', async () => {
    await expect(store.sql`update audit set actor_id = '9'`).rejects.toThrow();
    await expect(store.sql`delete from audit`).rejects.toThrow();
    await expect(store.sql`truncate audit cascade`).rejects.toThrow();
    await expect(store.sql`delete from audit_seals`).rejects.toThrow();
  });
});
