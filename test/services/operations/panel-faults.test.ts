import { describe, expect, it } from 'vitest';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { deductCredits } from '../../../src/services/credits/deduct.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, expectBooksToBalance, refusal } from '../../harness/scene.ts';
import { contextOf, testServices } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

describe('a panel that fails', () => {
  it('refusing leaves a failed operation, nothing moved, and its reason', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('credits.add', { kind: 'refuse' });
    const run = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(await refusal(run)).toBe('panel.failed');
    const [row] = await store.sql`select state from operations where panel = ${target.panel}`;
    expect(row?.state).toBe('failed');
    expect(panel.read(target.accountId).balance?.minor).toBe(120_000n);
    await expectBooksToBalance(store, panel, target.accountId);
  });

  it.each(['never', 'before'] as const)(
    'timing out, having acted %s, leaves an honest unknown that blocks further credits on the account',
    async (acts) => {
      const { panel, services, mira, target } = await scene();
      panel.failNext('credits.add', { kind: 'timeout', acts });
      const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
      expect(outcome.kind).toBe('unknown');
      const next = deductCredits(contextOf(services, mira), { target, amount: '1', reason: 'Chargeback' });
      expect(await refusal(next)).toBe('operation.unknown_open');
      const calls = panel.calls.filter(({ name }) => name === 'credits.add');
      expect(calls).toHaveLength(1);
    },
  );

  it('answering nonsense is unknown, not success', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('credits.add', { kind: 'malformed', acts: false });
    const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(outcome.kind).toBe('unknown');
  });

  it('stopping half way through several steps is unknown, and says which steps were done', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('suspend', { kind: 'stop', afterSteps: 1 });
    const outcome = await suspendAccount(contextOf(services, mira), { target, reason: 'Abuse' });
    expect(outcome.kind).toBe('unknown');
    const number = outcome.kind === 'unknown' ? outcome.operation.number : 0;
    const steps =
      await store.sql`select name, state from operation_steps where operation = ${number} order by position`;
    expect(steps.map(({ name, state }) => [name, state])).toEqual([['account', 'succeeded']]);
    expect(panel.read(target.accountId)).toMatchObject({ status: 'suspended', serversSuspended: false });
  });

  it('that never answers is given up before the lease ends', async () => {
    const { panel, services, mira, target } = await scene({ callTimeoutMs: 100, leaseMs: 5_000 });
    panel.failNext('credits.add', { kind: 'timeout', acts: 'never', hangs: true });
    const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(outcome.kind).toBe('unknown');
  });

  it('that never ends a look at an account, though told to, is given up all the same', async () => {
    const { panel, mira, target } = await scene();
    const deaf = { ...panel.panel, get: () => new Promise<never>(() => undefined) };
    const services = await testServices(store, { panels: [deaf], timing: { readTimeoutMs: 100 } });
    const run = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(await refusal(run)).toBe('panel.failed');
  });
});
