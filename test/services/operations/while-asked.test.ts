import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { lapseLeases } from '../../../src/services/operations/lapse.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, refusal, untilCalled } from '../../harness/scene.ts';
import { contextOf, testServices } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

describe('while a panel is asked', () => {
  it('no connection, transaction or lock is held', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('credits.add', { kind: 'wait', for: delay(400) });
    const running = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    await untilCalled(panel, 'credits.add');
    const [held] = await store.sql<{ open: bigint; locks: bigint }[]>`
      select
        (select count(*) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%') as open,
        (select count(*) from pg_locks where pid <> pg_backend_pid() and locktype in ('advisory', 'tuple', 'transactionid')
          and database = (select oid from pg_database where datname = current_database())) as locks`;
    expect(held).toEqual({ open: 0n, locks: 0n });
    const [row] = await store.sql`select state from operations where panel = ${target.panel}`;
    expect(row?.state).toBe('pending');
    expect((await running).kind).toBe('done');
  });

  it('a second operation on the account waits for the first, and rests on what it left', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('suspend', { kind: 'wait', for: delay(150) });
    const first = suspendAccount(contextOf(services, mira), { target, reason: 'Abuse' });
    const second = suspendAccount(contextOf(services, mira), { target, reason: 'Abuse' });
    expect((await first).kind).toBe('done');
    expect(await refusal(second)).toBe('account.already_suspended');
  });

  it('another process finds the account busy, waits, and then says so', async () => {
    const { panel, services, mira, target } = await scene();
    const elsewhere = await testServices(store, { panels: [panel.panel], timing: { busyTimeoutMs: 200 } });
    panel.failNext('credits.add', { kind: 'wait', for: delay(1_500) });
    const first = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    await untilCalled(panel, 'credits.add');
    const second = grantCredits(contextOf(elsewhere, mira), { target, amount: '20', reason: 'Power cut' });
    expect(await refusal(second)).toBe('operation.busy');
    expect((await first).kind).toBe('done');
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
  });
});

describe('an operation whose process is gone', () => {
  it('stays pending while its lease lasts, then is unknown, and a late outcome is evidence only', async () => {
    const { panel, services, mira, target } = await scene({ leaseMs: 300, callTimeoutMs: 3_000 });
    panel.failNext('credits.add', { kind: 'wait', for: delay(900) });
    const running = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    await untilCalled(panel, 'credits.add');
    expect(await lapseLeases(services)).toBe(0);
    await delay(350);
    expect(await lapseLeases(services)).toBe(1);
    expect((await running).kind).toBe('unknown');
    const [row] = await store.sql`select state, late_outcome from operations where panel = ${target.panel}`;
    expect(row).toMatchObject({ state: 'unknown', late_outcome: { state: 'succeeded' } });
  });
});
