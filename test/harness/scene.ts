/** A panel, services and an accountant of their own for each test, on one database. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AccountReference } from '../../src/domain/account.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import type { Store } from '../../src/store/connect.ts';
import { giveGrant, type TestServices, type TestServicesOptions, testServices } from './services.ts';
import { createTestPanel, type TestPanel, type TestPanelOptions } from './test-panel.ts';

export interface Scene {
  readonly panel: TestPanel;
  readonly services: TestServices;
  /** Holds the preset accountant, without limits. */
  readonly mira: string;
  /** An account with 120 credits, of which each has a thousand parts. */
  readonly target: AccountReference;
}

export function createScenes(
  store: Store,
): (timing?: TestServicesOptions['timing'], panel?: Omit<TestPanelOptions, 'id'>) => Promise<Scene> {
  let scenes = 0;
  return async (timing = {}, options = {}) => {
    scenes += 1;
    const panel = createTestPanel({ ...options, id: `p${scenes}` });
    const services = await testServices(store, { panels: [panel.panel], timing });
    const mira = String(1000 + scenes);
    await giveGrant(services, { userId: mira, preset: 'accountant' });
    const account = panel.add({ email: 'alex@example.com', username: 'alex', balanceMinor: 120_000n });
    return { panel, services, mira, target: { panel: panel.panel.id, accountId: account.id } };
  };
}

/** The code of the refusal that it ends in; `none` when it does not. */
export async function refusal(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'none';
}

/** What we moved, by the panel's own journal. */
export function oursInJournal(panel: TestPanel): bigint {
  return panel.journal
    .filter(({ reference }) => reference !== null)
    .reduce((sum, { deltaMinor }) => sum + (deltaMinor ?? 0n), 0n);
}

/** The two equations that always hold, and that the panel's own journal agrees. */
export async function expectBooksToBalance(store: Store, panel: TestPanel, accountId: string): Promise<void> {
  const here = store.sql`panel = ${panel.panel.id} and account_id = ${accountId}`;
  const [row] = await store.sql<{ total: bigint; ours: bigint; last: bigint | null; succeeded: bigint }[]>`
    select coalesce(sum(delta_minor), 0)::bigint as total,
      coalesce(sum(delta_minor) filter (where kind = 'ours'), 0)::bigint as ours,
      (select balance_minor from ledger where ${here} order by id desc limit 1) as last,
      (select coalesce(sum(delta_minor), 0)::bigint from operations where ${here} and state = 'succeeded') as succeeded
    from ledger where ${here}`;
  expect(row?.total).toBe(row?.last ?? 0n);
  expect(row?.ours).toBe(row?.succeeded);
  expect(row?.ours).toBe(oursInJournal(panel));
}

/** Waits until the panel is being asked. */
export async function untilCalled(panel: TestPanel, call: TestPanel['calls'][number]['name']): Promise<void> {
  while (!panel.calls.some(({ name }) => name === call)) await delay(5);
}
