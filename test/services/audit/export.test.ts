import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/panels/panel.ts';
import { type ExportQuery, exportAudit } from '../../../src/services/audit/export.ts';
import { recordAudit } from '../../../src/services/audit/record.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { sealAll } from '../../harness/sealing.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const panels = [createTestPanel({ id: 'main' }).panel, createTestPanel({ id: 'eu' }).panel];
const services = await testServices(store, { panels, timeZone: 'Europe/Berlin' });

async function append(
  entry: { action: string; panel?: string; accountId?: string; personal?: JsonValue },
  at?: string,
) {
  await store.sql.begin(async (transaction) => {
    await recordAudit(transaction, { actorId: '900', outcome: 'succeeded', facts: { reason: 'a, "b"\nc' }, ...entry });
  });
  if (at === undefined) return;
  await store.sql`alter table audit disable trigger audit_only_grows`;
  await store.sql`update audit set at = ${new Date(at)} where action = ${entry.action}`;
  await store.sql`alter table audit enable trigger audit_only_grows`;
}

const DAY = { from: '2026-03-29', to: '2026-03-29' };
await append({ action: 'too.early' }, '2026-03-28T22:59:59.999Z');
await append(
  { action: 'of.main', panel: 'main', accountId: '7', personal: { email: 'alex@example.com' } },
  '2026-03-28T23:00:00Z',
);
await append(
  { action: 'of.eu', panel: 'eu', accountId: '8', personal: { email: 'jo@example.com' } },
  '2026-03-29T12:00:00Z',
);
await append({ action: 'of.none', personal: { email: 'eve@example.com' } }, '2026-03-29T21:59:59.999Z');
await append({ action: 'too.late' }, '2026-03-29T22:00:00Z');
await sealAll(services);

const everything = { ...DAY, format: 'jsonl', personal: false } as const;

async function exported(userId: string, query: Partial<ExportQuery> = {}) {
  const { rows, files } = await exportAudit(contextOf(services, userId), { ...everything, ...query });
  return {
    rows,
    names: files.map(({ name }) => name),
    texts: files.map(({ content }) => Buffer.from(content).toString()),
  };
}

async function lines(userId: string, query: Partial<ExportQuery> = {}): Promise<Record<string, unknown>[]> {
  const { texts } = await exported(userId, query);
  return texts
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('an export of the audit log', () => {
  it('has the rows of the days as they are where the community lives, each with its seal', async () => {
    const rows = await lines(OWNER);
    expect(rows.map(({ action }) => action)).toEqual(['of.main', 'of.eu', 'of.none']);
    expect(rows[0]).toEqual({
      id: expect.any(Number),
      at: '2026-03-28T23:00:00.000Z',
      actorId: '900',
      action: 'of.main',
      outcome: 'succeeded',
      panel: 'main',
      accountId: '7',
      memberId: null,
      operation: null,
      facts: { reason: 'a, "b"\nc' },
      position: 2,
      seal: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('is the same as CSV, with what is no text as JSON in one cell', async () => {
    const { names, texts } = await exported(OWNER, { format: 'csv' });
    const [header, first] = texts.join('').split('\r\n');
    expect(names).toEqual(['audit-2026-03-29-2026-03-29.csv']);
    expect(header).toBe('id,at,actorId,action,outcome,panel,accountId,memberId,operation,facts,position,seal');
    expect(first).toMatch(
      /^\d+,2026-03-28T23:00:00\.000Z,900,of\.main,succeeded,main,7,,,"\{""reason"":""a, \\""b\\""\\nc""\}",2,[0-9a-f]{64}$/,
    );
  });

  it('is recorded, once for each request', async () => {
    const ctx = contextOf(services, OWNER);
    await exportAudit(ctx, { ...everything, personal: true });
    await exportAudit(ctx, { ...everything, personal: true });
    const recorded =
      await store.sql`select facts from audit where action = 'audit.export' and facts->>'personal' = 'true'`;
    expect(recorded).toEqual([{ facts: { ...everything, personal: true, rows: 3 } }]);
  });

  it('is empty where nothing was recorded, without a file', async () => {
    expect(await exported(OWNER, { from: '2020-01-01', to: '2020-01-01' })).toEqual({ rows: 0, names: [], texts: [] });
  });

  it('reads on where one batch ends', async () => {
    await store.sql`
      insert into audit (at, actor_id, action, outcome, facts)
      select timestamptz '2025-01-01 12:00Z' + interval '1 ms' * (n / 3), '1', 'row ' || n, 'succeeded', '{}' from generate_series(1, 2500) as n`;
    const rows = await lines(OWNER, { from: '2025-01-01', to: '2025-01-01' });
    expect(rows.map(({ action }) => action)).toEqual(Array.from({ length: 2500 }, (_, index) => `row ${index + 1}`));
  });

  it('goes into several files when it must, each with whole lines and its own header, and is refused beyond that', async () => {
    const query = { from: '2025-01-01', to: '2025-01-01', format: 'csv', personal: false } as const;
    const limits = { fileBytes: 150_000, totalBytes: 1_000_000 };
    const { files, rows } = await exportAudit(contextOf(services, OWNER), query, limits);
    const texts = files.map(({ content }) => Buffer.from(content).toString());
    expect(files.map(({ name }) => name)).toEqual(
      files.map((_, index) => `audit-2025-01-01-2025-01-01-${index + 1}.csv`),
    );
    expect(files.length).toBeGreaterThan(1);
    for (const { content } of files) expect(content.byteLength).toBeLessThanOrEqual(limits.fileBytes);
    for (const text of texts) expect(text).toMatch(/^id,at,(?:.|\r\n)*\r\n$/);
    expect(texts.flatMap((text) => text.trim().split('\r\n').slice(1))).toHaveLength(rows);
    const tooMuch = exportAudit(contextOf(services, OWNER), query, { ...limits, totalBytes: 150_000 });
    expect(await refusal(tooMuch)).toBe('audit.too_large');
  });

  it('is refused where the last day comes before the first', async () => {
    expect(await refusal(exported(OWNER, { from: '2026-03-30', to: '2026-03-29' }))).toBe('input.invalid');
  });
});

describe('a cell of a CSV', () => {
  it.each([
    ['=', '=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+', '+1+1', `'+1+1`],
    ['-', '-1+1', `'-1+1`],
    ['@', '@SUM(A1)', `'@SUM(A1)`],
    ['a tab', '\t=1', `'\t=1`],
    ['a carriage return', '\r=1', `"'\r=1"`],
    ['a letter', 'a=1', 'a=1'],
  ])('that begins with %s is no formula', async (_name, accountId, cell) => {
    const at = '2024-05-05T12:00:00Z';
    await append({ action: `cell ${accountId}`, panel: 'main', accountId }, at);
    const { texts } = await exported(OWNER, { from: '2024-05-05', to: '2024-05-05', format: 'csv' });
    expect(texts.join('')).toContain(`,main,${cell},,`);
  });
});

describe('who exports', () => {
  it('has the rows of the panels that they may read and export, and no others', async () => {
    await giveGrant(services, { userId: '80', permission: 'audit.view' });
    await giveGrant(services, { userId: '80', permission: 'accounts.export', panel: 'eu' });
    expect((await lines('80')).map(({ action }) => action)).toEqual(['of.eu']);
  });

  it.each(['audit.view', 'accounts.export'] as const)('needs more than %s alone', async (permission) => {
    await giveGrant(services, { userId: `81${permission}`, permission });
    expect(await refusal(exported(`81${permission}`))).toBe('policy.denied');
  });

  it('sees personal values only where they may be revealed to them', async () => {
    await giveGrant(services, { userId: '82', permission: 'audit.view' });
    await giveGrant(services, { userId: '82', permission: 'accounts.export' });
    expect(await refusal(exported('82', { personal: true }))).toBe('policy.denied');
    await giveGrant(services, { userId: '82', permission: 'accounts.reveal', panel: 'main' });
    expect((await lines('82', { personal: true })).map(({ personal }) => personal)).toEqual([
      { email: 'alex@example.com' },
      null,
      null,
    ]);
    expect((await exported('82')).texts.join('')).not.toContain('@example.com');
    expect((await lines(OWNER, { personal: true })).map(({ personal }) => personal)).toEqual([
      { email: 'alex@example.com' },
      { email: 'jo@example.com' },
      { email: 'eve@example.com' },
    ]);
  });

  it('holds codes of vouchers only for who may look at them', async () => {
    await append(
      { action: 'voucher.create', panel: 'main', personal: { voucherCode: 'CASH-1' } },
      '2024-06-01T12:00:00Z',
    );
    const query = { from: '2024-06-01', to: '2024-06-01', personal: true };
    for (const permission of ['audit.view', 'accounts.export', 'accounts.reveal'] as const)
      await giveGrant(services, { userId: '611', permission, panel: 'main' });
    expect(await lines('611', query)).toMatchObject([{ action: 'voucher.create', personal: null }]);
    await giveGrant(services, { userId: '611', permission: 'vouchers.manage', panel: 'eu' });
    expect(await lines('611', query)).toMatchObject([{ personal: null }]);
    await giveGrant(services, { userId: '611', permission: 'vouchers.manage', panel: 'main' });
    expect(await lines('611', query)).toMatchObject([{ personal: { voucherCode: 'CASH-1' } }]);
  });

  it('has no row without a permission to export taken a moment ago', async () => {
    await giveGrant(services, { userId: '83', preset: 'accountant' });
    await store.sql`alter table grants disable trigger grants_raise_policy_version`;
    await store.sql`update grants set revoked_at = now(), revoked_by = '1' where subject_id = '83'`;
    await store.sql`alter table grants enable trigger grants_raise_policy_version`;
    expect(await refusal(exported('83'))).toBe('policy.denied');
  });
});
