import { afterEach, describe, expect, test } from 'vitest';
import { type GuardPace, guardPanels } from '../../../src/panels/guard/guard.ts';
import { type Panel, PanelError, type PanelHealth } from '../../../src/panels/panel.ts';
import { silence } from '../../harness/silence.ts';
import { createTestPanel, type TestPanel } from '../../harness/test-panel.ts';

const QUICK: GuardPace = { restMs: 60_000, soonMs: 10, slowestMs: 40, timeoutMs: 200 };
const SILENT = { kind: 'refuse', failure: 'unreachable' } as const;

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function guard(panels: readonly TestPanel[], { pace = QUICK, started = true } = {}) {
  const changes: PanelHealth[] = [];
  const guarded = guardPanels(
    panels.map(({ panel }) => panel),
    { pace, changed: (_panel, health) => changes.push(health) },
  );
  stops.push(guarded.stop);
  if (started) guarded.start();
  return { ...guarded, changes };
}

const call = () => ({ signal: AbortSignal.timeout(5_000) });

/** How a look at a panel went. */
async function lookAt(panel: Panel | undefined): Promise<string> {
  try {
    await panel?.get('1', call());
    return 'answered';
  } catch (error) {
    return error instanceof PanelError ? error.kind : String(error);
  }
}

async function untilUp(guarded: ReturnType<typeof guard>): Promise<void> {
  await expect.poll(() => guarded.health('test').state).toBe('up');
}

describe('a panel that does not answer', () => {
  test('is spared after five calls in a row: reads and writes fail at once, and it is not asked', async () => {
    const test = createTestPanel();
    const guarded = guard([test], { pace: { ...QUICK, soonMs: 60_000, slowestMs: 60_000 } });
    const [panel] = guarded.panels;
    await untilUp(guarded);
    for (let time = 0; time < 5; time += 1) test.failNext('get', SILENT);
    for (let time = 0; time < 5; time += 1) expect(await lookAt(panel)).toBe('unreachable');

    expect(guarded.health('test')).toMatchObject({ state: 'down', failure: 'unreachable', probe: { product: 'Test' } });
    const asked = test.calls.length;
    expect(await lookAt(panel)).toBe('unreachable');
    const change = { ...call(), reference: 'r1', step: (_name: string, run: () => Promise<never>) => run() };
    const amount = { minor: 1n, unit: { code: 'coins', scale: 3 } };
    await expect(panel?.credits?.add('1', amount, change)).rejects.toMatchObject({
      kind: 'unreachable',
      effect: 'none',
    });
    expect(test.calls).toHaveLength(asked);
  });

  test('is asked by nobody but the guard, and is back by itself when it answers', async () => {
    const test = createTestPanel();
    const guarded = guard([test]);
    await untilUp(guarded);
    const silent = silence(test);
    for (let time = 0; time < 5; time += 1) await lookAt(guarded.panels[0]);
    const down = guarded.health('test');
    await expect.poll(() => Number(guarded.health('test').probedAt)).toBeGreaterThan(Number(down.probedAt));
    expect(guarded.health('test')).toMatchObject({ state: 'down', since: down.since });

    silent.end();
    await untilUp(guarded);
    expect(await lookAt(guarded.panels[0])).toBe('answered');
    expect(guarded.changes.map(({ state }) => state)).toEqual(['up', 'down', 'up']);
  });

  test('is down at once when it never answered, whether it refuses a connection or hangs', async () => {
    const silent = createTestPanel();
    silent.failNext('probe', SILENT);
    const hanging = createTestPanel({ id: 'hanging' });
    Object.assign(hanging.panel, { probe: () => new Promise<never>(() => undefined) });
    const guarded = guard([silent, hanging], { pace: { ...QUICK, soonMs: 60_000, slowestMs: 60_000 } });
    await expect.poll(() => guarded.health('test').state).toBe('down');
    await expect.poll(() => guarded.health('hanging')).toMatchObject({ state: 'down', failure: 'timeout' });
  });

  test('leaves every other panel as it is', async () => {
    const [down, up] = [createTestPanel({ id: 'one' }), createTestPanel({ id: 'two' })];
    const guarded = guard([down, up]);
    silence(down);
    for (let time = 0; time < 6; time += 1) await lookAt(guarded.panels[0]);
    expect(await lookAt(guarded.panels[0])).toBe('unreachable');
    expect(await lookAt(guarded.panels[1])).toBe('answered');
    await expect.poll(() => guarded.health('two').state).toBe('up');
    expect(guarded.health('one').state).toBe('down');
  });
});

describe('a panel that answers', () => {
  test.each(['rejected', 'not_found', 'conflict', 'forbidden', 'unauthorized', 'rate_limited', 'malformed'] as const)(
    'is never spared for what it answers: %s',
    async (failure) => {
      const test = createTestPanel();
      const guarded = guard([test]);
      await untilUp(guarded);
      for (let time = 0; time < 20; time += 1) test.failNext('get', { kind: 'refuse', failure });
      for (let time = 0; time < 20; time += 1) expect(await lookAt(guarded.panels[0])).toBe(failure);
      expect(guarded.health('test').state).toBe('up');
      expect(await lookAt(guarded.panels[0])).toBe('answered');
    },
  );

  test('is not spared for being silent now and then', async () => {
    const test = createTestPanel();
    const guarded = guard([test]);
    await untilUp(guarded);
    for (const fault of [SILENT, { kind: 'refuse', failure: 'not_found' }] as const) {
      for (let round = 0; round < 3; round += 1) {
        for (let time = 0; time < 4; time += 1) test.failNext('get', SILENT);
        test.failNext('get', fault === SILENT ? { kind: 'wait', for: Promise.resolve() } : fault);
        for (let time = 0; time < 5; time += 1) await lookAt(guarded.panels[0]);
      }
    }
    expect(guarded.health('test').state).toBe('up');
  });

  test('and does not take our key is up, with what it has against us', async () => {
    const test = createTestPanel();
    test.failNext('probe', { kind: 'refuse', failure: 'unauthorized' });
    const guarded = guard([test]);
    await expect
      .poll(() => guarded.health('test'))
      .toMatchObject({ state: 'up', failure: 'unauthorized', probe: null });
  });

  test('is asked for what it can do each time, because that may change', () => {
    const test = createTestPanel();
    const [panel] = guard([test], { started: false }).panels;
    expect(panel?.credits?.traits.unit).toEqual({ code: 'coins', scale: 3 });
    test.setAbility('credits', false);
    expect(panel?.credits).toBeUndefined();
    expect(panel && 'credits' in panel).toBe(false);
  });

  test('keeps what is no call as it is, its rate among it', () => {
    const test = createTestPanel();
    Object.assign(test.panel, { rate: { perMinute: 60, left: () => 42 } });
    const [panel] = guard([test], { started: false }).panels;
    expect(panel?.rate?.left()).toBe(42);
    expect(panel?.credits?.traits).toBe(test.panel.credits?.traits);
  });
});

test('nothing is known of a panel until it was asked, nor of one that there is not', () => {
  const guarded = guard([createTestPanel()], { started: false });
  expect(guarded.health('test')).toMatchObject({ state: 'unknown', probe: null, probedAt: null, failure: null });
  expect(() => guarded.health('moon')).toThrow(expect.objectContaining({ code: 'panel.unknown' }));
});
