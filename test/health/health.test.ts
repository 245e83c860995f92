import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { createMetrics } from '../../src/health/metrics.ts';
import { createReadiness, type Readiness } from '../../src/health/readiness.ts';
import { startHealthServer } from '../../src/health/server.ts';
import { guardPanels } from '../../src/panels/guard/guard.ts';
import type { PanelHealth } from '../../src/panels/panel.ts';
import { panelsOf } from '../../src/panels/registry.ts';
import { open } from '../../src/store/connect.ts';
import { testStore } from '../harness/database.ts';
import { createTestPanel } from '../harness/test-panel.ts';

const store = await testStore();
const metrics = createMetrics();
let readiness: () => Promise<Readiness | null> = async () => null;
const server = await startHealthServer({
  host: '127.0.0.1',
  port: 0,
  registry: metrics.registry,
  readiness: () => readiness(),
});
afterAll(() => server.close());

async function ready(): Promise<[number, unknown]> {
  const response = await fetch(`${server.address}/readyz`);
  return [response.status, await response.json()];
}

test('while it starts, it is alive and not ready', async () => {
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
  expect(await ready()).toEqual([503, { ready: false }]);
});

test('it is ready when each part is, and says which one is not', async () => {
  const { panel } = createTestPanel();
  const up: PanelHealth = { state: 'up', since: new Date(), probe: null, probedAt: new Date(), failure: null };
  const panels = (health: Partial<PanelHealth>) => panelsOf([panel], () => ({ ...up, ...health }));
  const parts = { store, panels: panels({}), connected: async () => true };
  readiness = createReadiness(parts);
  expect(await ready()).toEqual([200, { ready: true, store: true, discord: true, 'panel:test': true }]);

  readiness = createReadiness({ ...parts, connected: async () => false });
  expect(await ready()).toEqual([503, { ready: false, store: true, discord: false, 'panel:test': true }]);

  const unreachable = open('postgres://nobody@127.0.0.1:1/none', pino({ level: 'silent' }));
  readiness = createReadiness({ ...parts, store: unreachable });
  expect(await ready()).toEqual([503, { ready: false, store: false, discord: true, 'panel:test': true }]);
  await unreachable.close();

  for (const health of [{ state: 'down' }, { state: 'unknown' }, { failure: 'unauthorized' }] as const) {
    readiness = createReadiness({ ...parts, panels: panels(health) });
    expect(await ready()).toEqual([503, { ready: false, store: true, discord: true, 'panel:test': false }]);
  }
});

test('calls to a panel are timed by their action, and answer as they would without', async () => {
  const { panel } = createTestPanel();
  const [timed] = guardPanels([panel], { answered: metrics.panelAnswered }).panels;
  if (!timed) throw new Error('a panel is guarded');
  const call = { signal: AbortSignal.timeout(5_000) };
  expect(timed.credits?.traits).toBe(panel.credits?.traits);
  expect(await timed.get('does-not-exist', call)).toBeNull();
  const change = { ...call, reference: 'r1', step: (_name: string, run: () => Promise<never>) => run() };
  const amount = { minor: 1n, unit: { code: 'credits', scale: 3 } };
  await expect(timed.credits?.add('does-not-exist', amount, change)).rejects.toThrow();

  const text = await (await fetch(`${server.address}/metrics`)).text();
  expect(text).toContain('steward_panel_call_seconds_count{panel="test",action="get",outcome="answered"} 1');
  expect(text).toContain('steward_panel_call_seconds_count{panel="test",action="credits.add",outcome="failed"} 1');
});
