import { describe, expect, it } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { ABILITIES, type Change, PanelError, requireAbility } from '../../src/panels/panel.ts';
import { type PanelUnderTest, panelContract } from '../contract/panel.ts';
import { createTestPanel, type TestPanel, type TestPanelOptions } from './test-panel.ts';

function subjectOf({ panel, add, addServer, prove }: TestPanel): PanelUnderTest {
  const scale = BigInt(panel.credits?.traits.unit.scale ?? 0);
  return {
    panel,
    absentIds: ['u-0', 'u-999999', 'u-1x'],
    given: async ({ balance, ...account }) => add({ ...account, balanceMinor: BigInt(balance) * 10n ** scale }),
    givenLink: async ({ id }, userId) => prove(id, userId),
    givenServer: async ({ id }) => addServer(id, { name: 'survival' }).id,
  };
}

const DOUBLING = { idempotent: false, proof: 'balance' } as const;

panelContract('the test panel', subjectOf(createTestPanel()));
panelContract(
  'the test panel that acts twice when asked twice',
  subjectOf(createTestPanel({ traits: Object.fromEntries(ABILITIES.map((ability) => [ability, DOUBLING])) })),
);
panelContract('the test panel that keeps Discord users', subjectOf(createTestPanel({ keepsDiscordIds: true })));
panelContract(
  'the test panel without abilities but credits',
  subjectOf(createTestPanel({ abilities: ['credits', 'receipts'] })),
);

describe('the test panel goes wrong as it is told', () => {
  const five = money(5_000n, { code: 'coins', scale: 3 });
  const change = (reference: string, signal = new AbortController().signal): Change => ({
    signal,
    reference,
    step: (_name, run) => run(),
  });

  function prepare(options: TestPanelOptions = {}) {
    const test = createTestPanel(options);
    const account = test.add({ email: 'jo@example.com', username: 'jo.example', balanceMinor: 10_000n });
    const credits = requireAbility(test.panel, 'credits');
    const balance = () => test.read(account.id).balance?.minor;
    return { test, account, credits, balance };
  }

  it('refuses once, and then behaves', async () => {
    const { test, account, credits, balance } = prepare();
    test.failNext('credits.add', { kind: 'refuse', failure: 'rate_limited', detail: 'Slow down.' });
    await expect(credits.add(account.id, five, change('a'))).rejects.toMatchObject({
      kind: 'rate_limited',
      effect: 'none',
      detail: 'Slow down.',
    });
    expect(balance()).toBe(10_000n);
    await credits.add(account.id, five, change('b'));
    expect(balance()).toBe(15_000n);
  });

  it.each([
    ['never', 10_000n, 10_000n],
    ['before', 15_000n, 15_000n],
    ['late', 10_000n, 15_000n],
  ] as const)('times out, acting %s', async (acts, atOnce, inTheEnd) => {
    const { test, account, credits, balance } = prepare();
    test.failNext('credits.add', { kind: 'timeout', acts });
    await expect(credits.add(account.id, five, change('a'))).rejects.toMatchObject({
      kind: 'timeout',
      effect: 'unknown',
    });
    expect(balance()).toBe(atOnce);
    await test.actLate();
    expect(balance()).toBe(inTheEnd);
    const proven = await test.panel.receipts?.receipt('a', { signal: new AbortController().signal });
    expect(proven === null).toBe(inTheEnd === 10_000n);
  });

  it('hangs until the caller gives up', async () => {
    const { test, account, credits } = prepare();
    test.failNext('credits.add', { kind: 'timeout', acts: 'never', hangs: true });
    const patience = new AbortController();
    const attempt = credits.add(account.id, five, change('a', patience.signal));
    patience.abort();
    await expect(attempt).rejects.toMatchObject({ kind: 'timeout', effect: 'unknown' });
  });

  it('waits for as long as the test wants, and then acts', async () => {
    const { test, account, credits, balance } = prepare();
    const gate = Promise.withResolvers<void>();
    test.failNext('credits.add', { kind: 'wait', for: gate.promise });
    const attempt = credits.add(account.id, five, change('a'));
    await new Promise(setImmediate);
    expect(balance()).toBe(10_000n);
    gate.resolve();
    await attempt;
    expect(balance()).toBe(15_000n);
  });

  it.each([true, false])('answers nonsense; acted: %s', async (acts) => {
    const { test, account, credits, balance } = prepare();
    test.failNext('credits.add', { kind: 'malformed', acts });
    await expect(credits.add(account.id, five, change('a'))).rejects.toMatchObject({
      kind: 'malformed',
      effect: 'unknown',
    });
    expect(balance()).toBe(acts ? 15_000n : 10_000n);
  });

  it('stops half way through two steps, and takes up the rest', async () => {
    const { test, account } = prepare();
    const suspension = requireAbility(test.panel, 'suspension');
    test.failNext('suspend', { kind: 'stop', afterSteps: 1 });
    await expect(suspension.suspend(account.id, 'spam', change('a'))).rejects.toMatchObject({ effect: 'partial' });
    expect(test.read(account.id)).toMatchObject({ status: 'suspended', serversSuspended: false });
    expect(await test.panel.receipts?.receipt('a', { signal: new AbortController().signal })).toBeNull();
    await suspension.suspend(account.id, 'spam', change('a'));
    expect(test.read(account.id)).toMatchObject({ status: 'suspended', serversSuspended: true });
    expect(test.journal.map(({ action, step }) => [action, step])).toEqual([
      ['suspend', 'account'],
      ['suspend', 'servers'],
    ]);
  });

  it('acts twice on one reference when it is told not to be idempotent', async () => {
    const { test, account, balance } = prepare();
    test.setTraits('credits', { idempotent: false, proof: 'balance' });
    const credits = requireAbility(test.panel, 'credits');
    await credits.add(account.id, five, change('a'));
    await credits.add(account.id, five, change('a'));
    expect(balance()).toBe(20_000n);
    expect(credits.traits).toMatchObject({ idempotent: false, proof: 'balance' });
  });

  it('moves a balance by itself, and journals that as its own', () => {
    const { test, account, balance } = prepare();
    test.moveBalance(account.id, -3_000n);
    expect(balance()).toBe(7_000n);
    expect(test.journal).toMatchObject([{ reference: null, action: 'outside', deltaMinor: -3_000n }]);
  });

  it('loses and regains an ability', () => {
    const { test } = prepare();
    test.setAbility('credits', false);
    expect(test.panel.credits).toBeUndefined();
    test.setAbility('credits', true);
    expect(test.panel.credits?.traits.unit).toEqual({ code: 'coins', scale: 3 });
  });

  it('counts the calls that failed, too', async () => {
    const { test, account } = prepare();
    test.failNext('any', { kind: 'refuse' });
    await expect(test.panel.get(account.id, { signal: new AbortController().signal })).rejects.toBeInstanceOf(
      PanelError,
    );
    expect(test.calls).toEqual([{ name: 'get', accountId: account.id }]);
  });
});
