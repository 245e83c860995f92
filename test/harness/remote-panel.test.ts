import { afterAll, describe, expect, it } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { type Change, type Panel, requireAbility } from '../../src/panels/panel.ts';
import { panelContract } from '../contract/panel.ts';
import { remotePanel } from './remote-panel/adapter.ts';
import { servePanels, type WireFault } from './remote-panel.ts';
import { createTestPanel } from './test-panel.ts';

const behind = createTestPanel();
const served = await servePanels([behind.panel]);
afterAll(() => served.close());
const [described] = served.described;
if (!described) throw new Error('one panel is served');
const panel: Panel = remotePanel(described);

panelContract('the test panel, reached from another process', {
  panel,
  absentIds: ['u-0', 'u-999999', 'u-1x'],
  given: async ({ balance, ...account }) => behind.add({ ...account, balanceMinor: BigInt(balance) * 1_000n }),
  givenServer: async ({ id }) => behind.addServer(id, { name: 'survival' }).id,
  givenLink: async ({ id }, userId) => behind.prove(id, userId),
});

describe('a panel that is reached from another process', () => {
  const five = money(5_000n, { code: 'coins', scale: 3 });
  const change = (reference: string, signal = new AbortController().signal): Change => ({
    signal,
    reference,
    step: (_name, run) => run(),
  });
  let accounts = 0;
  function given() {
    accounts += 1;
    return behind.add({ email: `r${accounts}@example.com`, username: `remote${accounts}`, balanceMinor: 0n });
  }

  it.each<[WireFault, string, string, bigint]>([
    [{ kind: 'cut', acts: true }, 'unreachable', 'unknown', 5_000n],
    [{ kind: 'cut', acts: false }, 'unreachable', 'unknown', 0n],
    [{ kind: 'nonsense', acts: true }, 'malformed', 'unknown', 5_000n],
    [{ kind: 'server error', acts: true }, 'unreachable', 'unknown', 5_000n],
    [{ kind: 'too many requests', acts: false }, 'rate_limited', 'none', 0n],
  ])('fails a change by $0.kind as what it may have been', async (fault, kind, effect, balance) => {
    const { id } = given();
    served.failNext('test', 'credits.add', fault);
    const adding = requireAbility(panel, 'credits').add(id, five, change(id));
    await expect(adding).rejects.toMatchObject({ kind, effect });
    expect(behind.read(id).balance?.minor).toBe(balance);
  });

  it('fails a look without an effect', async () => {
    served.failNext('test', 'get', { kind: 'cut', acts: true });
    const looking = panel.get('u-1', { signal: new AbortController().signal });
    await expect(looking).rejects.toMatchObject({ kind: 'unreachable', effect: 'none' });
  });

  it('acts on what it was asked though whoever asked has given up', async () => {
    const { id } = given();
    const [gate, patience] = [Promise.withResolvers<void>(), new AbortController()];
    behind.failNext('credits.add', { kind: 'wait', for: gate.promise });
    const adding = requireAbility(panel, 'credits').add(id, five, change(id, patience.signal));
    await expect.poll(() => behind.calls.at(-1)).toEqual({ name: 'credits.add', accountId: id });
    patience.abort();
    await expect(adding).rejects.toMatchObject({ kind: 'timeout', effect: 'unknown' });
    expect(behind.read(id).balance?.minor).toBe(0n);
    gate.resolve();
    await expect.poll(() => behind.read(id).balance?.minor).toBe(5_000n);
  });

  it('runs each step where the bot is, and none that the bot knows the outcome of', async () => {
    const { id } = given();
    const steps: string[] = [];
    await requireAbility(panel, 'suspension').suspend(id, 'spam', {
      ...change(id),
      async step(name, run) {
        steps.push(name);
        if (name === 'account') return run();
        return id as unknown as Awaited<ReturnType<typeof run>>;
      },
    });
    expect(steps).toEqual(['account', 'servers']);
    expect(behind.journal.filter(({ accountId }) => accountId === id).map(({ step }) => step)).toEqual(['account']);
  });
});
