import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { lapseLeases } from '../../../src/services/operations/lapse.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { settleByHand } from '../../../src/services/operations/settle-by-hand.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, expectBooksToBalance, refusal, untilCalled } from '../../harness/scene.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';

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

describe('an operation whose process stood still', () => {
  /** Stands still at a point until it is let go. */
  function stillAt(point: string) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    return {
      letGo: resolve,
      reached: reached.promise,
      at(here: string) {
        if (here !== point) return undefined;
        reached.resolve();
        return promise;
      },
    };
  }

  async function standing(point: string) {
    const { panel, services, mira, target } = await scene();
    const still = stillAt(point);
    const slow = await testServices(store, { panels: [panel.panel], timing: { leaseMs: 300 }, at: still.at });
    const running = grantCredits(contextOf(slow, mira), { target, amount: '50', reason: 'Power cut' });
    await still.reached;
    expect(await lapseLeases(services)).toBe(0);
    await delay(350);
    expect(await lapseLeases(services)).toBe(1);
    const stored = async () => {
      const [row] = await store.sql`select state, settled_by, doubt from operations where panel = ${target.panel}`;
      return row;
    };
    return { panel, services, target, running, still, stored };
  }

  it('is unknown once its lease has ended; what it then says is the outcome, as long as nobody has settled it', async () => {
    const { panel, target, running, still, stored } = await standing('effect:after');
    expect(await stored()).toMatchObject({ state: 'unknown' });
    still.letGo();
    expect((await running).kind).toBe('done');
    expect(await stored()).toMatchObject({ state: 'succeeded', settled_by: 'late' });
    await expectBooksToBalance(store, panel, target.accountId);
  });

  it('asks its panel for nothing any more', async () => {
    const { panel, running, still } = await standing('intent:after');
    still.letGo();
    expect(await refusal(running)).toBe('panel.failed');
    expect(panel.journal).toEqual([]);
  });

  it('asks a person when what it says contradicts what was settled', async () => {
    const { panel, services, target, running, still, stored } = await standing('effect:after');
    panel.setAbility('receipts', false);
    panel.setTraits('credits', { proof: 'balance' });
    await settleDue(services);
    expect(await stored()).toMatchObject({ state: 'unknown', doubt: { why: 'balance' } });
    const [row] = await store.sql`select number from operations where panel = ${target.panel}`;
    await settleByHand(contextOf(services, OWNER), { number: Number(row?.number), outcome: 'not' });
    still.letGo();
    expect((await running).kind).toBe('unknown');
    expect(await stored()).toMatchObject({ state: 'failed', doubt: { why: 'contradiction', came: 'succeeded' } });
    await settleByHand(contextOf(services, OWNER), { number: Number(row?.number), outcome: 'happened' });
    expect(await stored()).toMatchObject({ state: 'failed', doubt: null });
    await expectBooksToBalance(store, panel, target.accountId);
  });
});
