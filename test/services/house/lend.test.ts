import { describe, expect, test } from 'vitest';
import { lend } from '../../../src/services/house/lend.ts';
import { coreContract } from '../../contract/panel/core.ts';
import { creditsContract } from '../../contract/panel/credits.ts';
import { editContract } from '../../contract/panel/edit.ts';
import { receiptsContract } from '../../contract/panel/receipts.ts';
import { statusContract } from '../../contract/panel/status.ts';
import { call, change, failureOf, givenAccount, type PanelUnderTest, units } from '../../contract/panel/subject.ts';
import { testStore } from '../../harness/database.ts';
import { createTestPanel, type TestPanel, type TestPanelOptions } from '../../harness/test-panel.ts';

const store = await testStore();
let panels = 0;

const BORROWING = {
  abilities: ['create', 'edit', 'servers', 'roles', 'verification', 'password'],
  borrows: { credits: true, suspension: true },
} as const satisfies TestPanelOptions;

function lent(options: TestPanelOptions = BORROWING): { test: TestPanel; subject: PanelUnderTest } {
  panels += 1;
  const test = createTestPanel({ id: `p${panels}`, ...options });
  const panel = lend(test.panel, { sql: store.sql, credits: true });
  const given: PanelUnderTest['given'] = async ({ balance, ...account }) => {
    const { id } = test.add(account);
    await store.sql`
      insert into house_balances (panel, account_id, balance_minor) values (${panel.id}, ${id}, ${balance * 100})`;
    const [made] = await Promise.all([panel.get(id, call())]);
    if (!made) throw new Error('the account was just made');
    return made;
  };
  return { test, subject: { panel, given, absentIds: ['u-0', 'u-999999', 'u-1x'] } };
}

describe.each([
  ['that keeps no receipts', BORROWING],
  ['that keeps receipts of its own', { ...BORROWING, abilities: [...BORROWING.abilities, 'receipts'] }],
  ['that rules out what has not come', { ...BORROWING, abilities: [...BORROWING.abilities, 'receipts'], annuls: true }],
] as const)('a panel %s, with what the house lends it, keeps the contract', (_, options) => {
  const { subject } = lent(options as TestPanelOptions);
  coreContract(subject);
  editContract(subject);
  creditsContract(subject);
  statusContract(subject);
  receiptsContract(subject);
});

describe('what is lent', () => {
  test('is nothing to a panel that borrows nothing, whatever it lacks', () => {
    const { panel } = createTestPanel({ abilities: ['servers'] });
    expect(lend(panel, { sql: store.sql, credits: true })).toBe(panel);
  });

  test('are no credits where its operator wants none', async () => {
    const { panel, add } = createTestPanel({ ...BORROWING, id: 'off' });
    const without = lend(panel, { sql: store.sql, credits: false });
    const { id } = add({ email: 'jo@example.com', username: 'jo', balanceMinor: 0n });
    expect(without.credits).toBeUndefined();
    expect(without.receipts).toBeUndefined();
    expect((await without.get(id, call()))?.balance?.unit.code).toBe('coins');
  });

  test('is no suspension while its servers cannot be suspended, and is one as soon as they can', () => {
    const { test: double, subject } = lent();
    double.setAbility('servers', false);
    expect(subject.panel.suspension).toBeUndefined();
    double.setAbility('servers', true);
    expect(subject.panel.suspension?.traits).toMatchObject({ by: 'house', reversible: true, proof: 'state' });
  });

  test('is not told of as missing', () => {
    const missing = { credits: 'It has no credits.', suspension: 'It suspends servers only.', roles: 'It has none.' };
    const { panel } = createTestPanel(BORROWING);
    const lentTo = lend({ ...panel, missing }, { sql: store.sql, credits: true });
    expect(lentTo.missing).toEqual({ roles: 'It has none.' });
  });
});

describe('what is kept', () => {
  test('lies over every account that leaves the panel', async () => {
    const { subject } = lent();
    const { panel } = subject;
    const rich = await givenAccount(subject, { balance: 7 });
    const poor = await givenAccount(subject, { balance: 0 });
    await panel.suspension?.suspend(rich.id, 'chargeback', change());
    const shown = { status: 'suspended', balance: units(panel, 7) };
    expect(await panel.get(rich.id, call())).toMatchObject(shown);
    expect(await panel.find({ by: 'username', username: rich.username }, call())).toMatchObject([shown]);
    expect((await panel.list({ after: null, limit: 10 }, call())).accounts).toMatchObject([
      shown,
      { id: poor.id, status: 'active', balance: units(panel, 0) },
    ]);
    expect(await panel.edit?.edit(rich.id, { name: 'Rich' }, change())).toMatchObject(shown);
    expect(await panel.roles?.set(rich.id, ['partner'], change())).toMatchObject(shown);
    expect(await panel.password?.set(rich.id, 'a long password', change())).toMatchObject(shown);
  });

  test('cannot be read: what was changed at the panel by then is not said to be unchanged', async () => {
    const { test: double, subject } = lent();
    const account = await givenAccount(subject);
    const broken = Object.assign(() => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })), {
      begin: store.sql.begin,
    });
    const panel = lend(double.panel, { sql: broken as unknown as typeof store.sql, credits: true });
    expect(await failureOf(panel.get(account.id, call()))).toMatchObject({ kind: 'unreachable', effect: 'none' });
    const edited = panel.edit?.edit(account.id, { name: 'Changed' }, change()) ?? Promise.resolve();
    expect((await failureOf(edited)).effect).not.toBe('none');
    expect(double.read(account.id).name).toBe('Changed');
  });

  test('goes with an account that is gone for good', async () => {
    const { test: double, subject } = lent();
    const account = await givenAccount(subject);
    const deletion = {
      traits: { idempotent: true, proof: 'state', settleAfterMs: 0, effects: [], soft: false },
      preview: async () => [],
      delete: async () => undefined,
    } as const;
    const panel = lend(Object.assign(double.panel, { deletion }), { sql: store.sql, credits: true });
    await panel.suspension?.suspend(account.id, 'spam', change());
    await panel.deletion?.delete(account.id, change());
    expect(await panel.get(account.id, call())).toMatchObject({ status: 'active', balance: units(panel, 0) });
  });
});
