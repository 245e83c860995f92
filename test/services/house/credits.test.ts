import { expect, test } from 'vitest';
import type { Services } from '../../../src/services/context.ts';
import { deductCredits } from '../../../src/services/credits/deduct.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { lapseLeases } from '../../../src/services/operations/lapse.ts';
import { accountQueue } from '../../../src/services/operations/queue.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { undoOperation } from '../../../src/services/operations/undo.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel, type TestPanelOptions } from '../../harness/test-panel.ts';

const store = await testStore();
let scenes = 0;

async function scene(options: Partial<TestPanelOptions> = {}) {
  scenes += 1;
  const panel = createTestPanel({
    id: `c${scenes}`,
    abilities: ['edit', 'servers'],
    borrows: { credits: true },
    ...options,
  });
  const services = await testServices(store, { panels: [panel.panel], timing: { busyTimeoutMs: 500 } });
  const { id } = panel.add({ email: 'alex@example.com', username: 'alex' });
  const target = { panel: panel.panel.id, accountId: id };
  const ctx = (of: Services = services) => contextOf(of, OWNER);
  return {
    ...{ panel, services, target, ctx },
    grant: (amount: string, of?: Services) => grantCredits(ctx(of), { target, amount, reason: 'Prize' }),
    async balance() {
      const [row] = await store.sql<{ balance: bigint }[]>`
        select balance_minor as balance from house_balances where panel = ${target.panel} and account_id = ${id}`;
      return row?.balance ?? 0n;
    },
  };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** The two equations of the books, and that the house holds what they say. */
async function expectBooks({ target, balance }: Scene): Promise<void> {
  const here = store.sql`panel = ${target.panel} and account_id = ${target.accountId}`;
  const [sums] = await store.sql<{ total: bigint; ours: bigint; succeeded: bigint }[]>`
    select coalesce(sum(delta_minor), 0)::bigint as total,
      coalesce(sum(delta_minor) filter (where kind = 'ours'), 0)::bigint as ours,
      (select coalesce(sum(delta_minor), 0)::bigint from operations where ${here} and state = 'succeeded') as succeeded
    from ledger where ${here}`;
  const kept = await balance();
  expect(sums).toEqual({ total: kept, ours: kept, succeeded: kept });
}

async function stateOf({ target }: Scene): Promise<string | undefined> {
  const [row] = await store.sql<{ state: string }[]>`
    select state from operations where panel = ${target.panel} order by number desc limit 1`;
  return row?.state;
}

async function settle({ services }: Scene): Promise<void> {
  await store.sql`update operations set lease_until = now() - interval '1 second' where lease_until is not null`;
  await lapseLeases(services);
  await store.sql`update operations set settle_at = now() - interval '1 second' where settle_at is not null`;
  await settleDue(services);
}

test('they move, are taken back, and never fall below zero', async () => {
  const here = await scene();
  const given = await here.grant('5.25');
  if (given.kind !== 'done') throw new Error(`it is ${given.kind}`);
  expect(await here.balance()).toBe(525n);
  await undoOperation(here.ctx(), given.operation.number);
  expect(await here.balance()).toBe(0n);
  const taking = deductCredits(here.ctx(), { target: here.target, amount: '1', reason: 'Chargeback' });
  expect(await refusal(taking)).toBe('credits.insufficient');
  await expectBooks(here);
});

test.each(['intent:after', 'effect:after', 'outcome:after'])(
  'a process that is gone at %s has moved them once or not at all, and the books say which',
  async (point) => {
    const here = await scene();
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const at: Services['at'] = (name) => {
      if (name !== point) return undefined;
      resolve();
      return new Promise<void>(() => undefined);
    };
    void here.grant('5', { ...here.services, at, queue: accountQueue() });
    await reached;
    await settle(here);
    expect(await stateOf(here)).toBe(point === 'intent:after' ? 'failed' : 'succeeded');
    expect(await here.balance()).toBe(point === 'intent:after' ? 0n : 500n);
    await expectBooks(here);
  },
);

test('what comes after it was ruled out does not move them', async () => {
  const here = await scene();
  const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const at: Services['at'] = async (name) => {
    if (name !== 'intent:after') return;
    resolve();
    await woken;
  };
  const late = here.grant('5', { ...here.services, at, queue: accountQueue() });
  late.catch(() => undefined);
  await reached;
  await settle(here);
  expect(await stateOf(here)).toBe('failed');
  wake();
  await late.catch(() => undefined);
  expect(await here.balance()).toBe(0n);
  await expectBooks(here);
});

test('on a panel with receipts that rule nothing out they are settled when the store cannot act late any more', async () => {
  const here = await scene({ abilities: ['edit', 'servers', 'receipts'] });
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const at: Services['at'] = (name) => {
    if (name !== 'effect:after') return undefined;
    resolve();
    return new Promise<void>(() => undefined);
  };
  void here.grant('5', { ...here.services, at, queue: accountQueue() });
  await reached;
  await store.sql`update operations set lease_until = now() - interval '1 second' where lease_until is not null`;
  await lapseLeases(here.services);
  await settleDue(here.services);
  expect(await stateOf(here)).toBe('unknown');
  await settle(here);
  expect(await stateOf(here)).toBe('succeeded');
  await expectBooks(here);
});

test('are lent by many people at once without one lost', async () => {
  const here = await scene();
  const other = { ...here.services, queue: accountQueue() };
  const runs = Array.from({ length: 8 }, (_, n) =>
    grantCredits(contextOf(n % 2 === 0 ? here.services : other, OWNER, { confirmed: true }), {
      target: here.target,
      amount: '1',
      reason: 'Prize',
    }),
  );
  const ended = await Promise.allSettled(runs);
  const done = ended.filter(({ status }) => status === 'fulfilled').length;
  expect(done).toBeGreaterThan(0);
  expect(await here.balance()).toBe(BigInt(done) * 100n);
  await expectBooks(here);
});
