import { describe, expect, it } from 'vitest';
import { PanelError } from '../../../src/panels/panel.ts';
import { viewAccount } from '../../../src/services/accounts/card.ts';
import { createAccount } from '../../../src/services/accounts/create.ts';
import { deleteAccount } from '../../../src/services/accounts/delete.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import type { Services } from '../../../src/services/context.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { setCredits } from '../../../src/services/credits/set.ts';
import { lapseLeases } from '../../../src/services/operations/lapse.ts';
import { accountQueue } from '../../../src/services/operations/queue.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { settleByHand } from '../../../src/services/operations/settle-by-hand.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel, type TestPanelOptions } from '../../harness/test-panel.ts';

const store = await testStore();

let scenes = 0;

async function scene(options: TestPanelOptions = {}) {
  scenes += 1;
  const panel = createTestPanel({ id: `s${scenes}`, ...options });
  const services = await testServices(store, { panels: [panel.panel], timing: { busyTimeoutMs: 500 } });
  const account = panel.add({ email: 'alex@example.com', username: 'alex', balanceMinor: 120_000n });
  const target = { panel: panel.panel.id, accountId: account.id };
  const balance = () => panel.read(account.id).balance?.minor;
  return { panel, services, target, balance };
}

async function stateOf(number: number): Promise<{ state: string; due: boolean; doubt: unknown }> {
  const [row] = await store.sql<{ state: string; due: boolean; doubt: unknown }[]>`
    select state, coalesce(settle_at <= now(), false) as due, doubt from operations where number = ${number}`;
  if (!row) throw new Error('there is no such operation');
  return row;
}

/** A grant of 50 whose outcome is not known. */
async function unknownGrant(
  { panel, services, target }: Awaited<ReturnType<typeof scene>>,
  acts: 'never' | 'before' | 'late',
): Promise<number> {
  panel.failNext('credits.add', { kind: 'timeout', acts });
  const outcome = await grantCredits(contextOf(services, OWNER), { target, amount: '50', reason: 'Prize' });
  if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
  return outcome.operation.number;
}

/** How many operations are worked on. */
async function leased(): Promise<number> {
  return (await store.sql`select from operations where lease_until is not null`).length;
}

/** A process that is gone at this point. */
const goneAt = (services: Services, name: string): Services => ({
  ...services,
  at: async (point) => (point === name ? new Promise<void>(() => undefined) : undefined),
});

describe('what a process that is gone had tried again', () => {
  it('is not looked for before the panel cannot act late any more', async () => {
    const here = await scene({ traits: { credits: { proof: 'reference', settleAfterMs: 60_000 } } });
    const number = await unknownGrant(here, 'never');
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
    here.panel.failNext('credits.add', { kind: 'timeout', acts: 'late' });
    void settleByHand(contextOf(goneAt(here.services, 'effect:after'), OWNER), { number, outcome: 'again' });
    await expect.poll(() => here.panel.calls.filter(({ name }) => name === 'credits.add').length).toBe(2);
    await store.sql`update operations set lease_until = now() - interval '1 second' where number = ${number}`;
    await lapseLeases(here.services);
    await settleDue(here.services);
    await here.panel.actLate();
    expect(here.balance()).toBe(170_000n);
    expect((await stateOf(number)).state).toBe('unknown');
  });
});

describe('an attempt that comes back late and surely changed nothing', () => {
  it('says nothing of the attempt that was made since', async () => {
    const here = await scene({ traits: { create: { proof: 'reference', settleAfterMs: 0 } } });
    const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
    // It wakes up after its lease, sends nothing, and is slow to say so.
    const frozen: Services = {
      ...here.services,
      at: async (point) => {
        if (point === 'step:account:before') throw new PanelError('timeout', 'none', 'the lease has ended');
        if (point === 'effect:after') await woken;
      },
    };
    const values = { email: 'sam@example.com', username: 'sam' };
    const first = createAccount(contextOf(frozen, OWNER), { panel: here.target.panel, values, memberId: null });
    await expect.poll(leased).toBe(1);
    await store.sql`update operations set lease_until = now() - interval '1 second' where lease_until is not null`;
    await lapseLeases(here.services);
    here.panel.failNext('create', { kind: 'timeout', acts: 'before' });
    await settleDue(here.services);
    wake();
    const outcome = await first;
    if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
    const { number } = outcome.operation;
    await store.sql`update operations set settle_at = now() - interval '1 second' where number = ${number}`;
    await settleDue(here.services);
    expect(here.panel.journal.map(({ action }) => action)).toEqual(['create']);
    expect((await stateOf(number)).state).toBe('succeeded');
  });
});

describe('what asks nothing of the panel', () => {
  it('has happened once it was stated, and whoever comes back late says nothing against it', async () => {
    const here = await scene();
    await suspendAccount(contextOf(here.services, OWNER), { target: here.target, reason: 'Spam' });
    const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
    const frozen: Services = { ...here.services, at: async (point) => (point === 'effect:after' ? woken : undefined) };
    const scheduling = { target: here.target, reason: 'Asked for it', typedUsername: 'alex' };
    const first = deleteAccount(contextOf(frozen, OWNER), scheduling);
    await expect.poll(leased).toBe(1);
    await store.sql`update operations set lease_until = now() - interval '1 second' where lease_until is not null`;
    await lapseLeases(here.services);
    await settleDue(here.services);
    wake();
    const { operation } = (await first) as { operation: { number: number } };
    expect(await stateOf(operation.number)).toMatchObject({ state: 'succeeded', doubt: null });
    expect((await viewAccount(contextOf(here.services, OWNER), here.target)).deletion?.number).toBe(operation.number);
  });
});

describe('what comes late while a person is about to be asked', () => {
  it('is looked at, and the person is not asked', async () => {
    const here = await scene({ traits: { credits: { proof: 'balance', settleAfterMs: 0 } } });
    const number = await unknownGrant(here, 'before');
    const late = { state: 'succeeded', result: { account: { id: here.target.accountId } } };
    const services: Services = {
      ...here.services,
      at: async (point) => {
        if (point !== 'settle:after') return;
        await store.sql`update operations set late_outcome = ${store.sql.json(late)} where number = ${number}`;
      },
    };
    await settleDue(services);
    expect(await stateOf(number)).toEqual({ state: 'unknown', due: true, doubt: null });
    await settleDue(here.services);
    expect((await stateOf(number)).state).toBe('succeeded');
  });
});

describe('a balance that another process moved between the look at it and the intent', () => {
  /** A process in which, the first time it is about to say what it wants, another one does something to the account. */
  function interrupted(here: Awaited<ReturnType<typeof scene>>, other: (services: Services) => Promise<unknown>) {
    let interrupts = true;
    const at = async (point: string) => {
      if (point !== 'intent:before' || !interrupts) return;
      interrupts = false;
      await other({ ...here.services, queue: accountQueue() });
    };
    return { ...here.services, at };
  }

  it('does not let an operation that changed nothing be taken for done', async () => {
    const here = await scene({ creditsBy: 'house', traits: { credits: { proof: 'balance', settleAfterMs: 0 } } });
    const { target } = here;
    const grant = (services: Services) =>
      grantCredits(contextOf(services, OWNER, { confirmed: true }), { target, amount: '50', reason: 'Prize' });
    const services = interrupted(here, async (others) => {
      await grant(others);
      here.panel.failNext('credits.add', { kind: 'timeout', acts: 'never' });
    });
    const outcome = await grant(services);
    if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
    await settleDue(here.services);
    expect(await stateOf(outcome.operation.number)).toMatchObject({ state: 'failed' });
    expect(here.balance()).toBe(170_000n);
  });

  it('does not let a limit be passed', async () => {
    const here = await scene();
    const { target } = here;
    const sam = '4001';
    await giveGrant(here.services, { userId: sam, preset: 'accountant', perAct: '60', perDay: '60' });
    const services = interrupted(here, (others) =>
      setCredits(contextOf(others, OWNER), { target, amount: '0', reason: 'Chargeback' }),
    );
    const run = setCredits(contextOf(services, sam), { target, amount: '180', reason: 'Prize' });
    expect(await refusal(run)).toBe('policy.over_act');
    expect(here.balance()).toBe(0n);
  });
});

describe('what a panel cannot do any more', () => {
  it('is asked of a person, who can say that it did not happen', async () => {
    const here = await scene();
    const number = await unknownGrant(here, 'never');
    here.panel.setAbility('credits', false);
    await settleDue(here.services);
    expect((await stateOf(number)).doubt).toEqual({ why: 'unclear' });
    await settleByHand(contextOf(here.services, OWNER), { number, outcome: 'not' });
    expect((await stateOf(number)).state).toBe('failed');
  });
});

describe('what a panel that is away for long cannot tell', () => {
  it('people are asked after an hour, and whoever finds out first says so', async () => {
    const here = await scene();
    const number = await unknownGrant(here, 'before');
    const away = async () => {
      here.panel.failNext('receipt', { kind: 'refuse', failure: 'unreachable' });
      await store.sql`update operations set settle_at = now() - interval '1 second' where number = ${number}`;
      await settleDue(here.services);
    };
    await away();
    expect(await stateOf(number)).toMatchObject({ state: 'unknown', doubt: null });
    await store.sql`update operations set ended_at = now() - interval '61 minutes' where number = ${number}`;
    await away();
    expect(await stateOf(number)).toMatchObject({ state: 'unknown', doubt: { why: 'balance', seenMinor: null } });
    await away();
    const cards = await store.sql`select from notices where operation = ${number} and kind = 'card'`;
    expect(cards).toHaveLength(1);
    await store.sql`update operations set settle_at = now() - interval '1 second' where number = ${number}`;
    await settleDue(here.services);
    expect(await stateOf(number)).toMatchObject({ state: 'succeeded', doubt: null });
  });
});
