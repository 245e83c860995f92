import { describe, expect, test } from 'vitest';
import { viewAccount } from '../../../src/services/accounts/card.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { unsuspendAccount } from '../../../src/services/accounts/unsuspend.ts';
import type { Services } from '../../../src/services/context.ts';
import { catchUp } from '../../../src/services/house/catch-up.ts';
import { lapseLeases } from '../../../src/services/operations/lapse.ts';
import { accountQueue } from '../../../src/services/operations/queue.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { settleByHand } from '../../../src/services/operations/settle-by-hand.ts';
import { suspendServer } from '../../../src/services/servers/suspend.ts';
import { unsuspendServer } from '../../../src/services/servers/unsuspend.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
let scenes = 0;

/** An account with three servers, of which the last was suspended by somebody else. */
async function scene() {
  scenes += 1;
  const panel = createTestPanel({ id: `h${scenes}`, abilities: ['edit', 'servers'], borrows: { suspension: true } });
  const services = await testServices(store, { panels: [panel.panel], timing: { busyTimeoutMs: 500 } });
  const { id } = panel.add({ email: 'alex@example.com', username: 'alex' });
  const [smp, lobby, unpaid] = [
    panel.addServer(id, { name: 'smp' }),
    panel.addServer(id, { name: 'lobby' }),
    panel.addServer(id, { name: 'unpaid', status: 'suspended' }),
  ];
  const target = { panel: panel.panel.id, accountId: id };
  return {
    ...{ panel, services, target, smp, lobby, unpaid },
    ctx: (of: Services = services) => contextOf(of, OWNER),
    /** The names of the servers that are suspended. */
    suspended: () => panel.servers(id).flatMap(({ name, status }) => (status === 'suspended' ? [name] : [])),
    status: async () =>
      (await services.panels.get(target.panel).get(id, { signal: AbortSignal.timeout(5_000) }))?.status,
    /** What a crawl does when it has read the account. */
    async crawl(of: Services = services) {
      const lent = services.panels.get(target.panel);
      const call = { signal: AbortSignal.timeout(5_000) };
      await catchUp(of, lent, (await lent.list({ after: null, limit: 10 }, call)).accounts, call);
    },
  };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const suspend = ({ ctx, target }: Scene, of?: Services) => suspendAccount(ctx(of), { target, reason: 'Chargeback' });
const lift = ({ ctx, target }: Scene, of?: Services) => unsuspendAccount(ctx(of), { target, reason: null });

async function operationsOf({ target }: Scene): Promise<readonly string[]> {
  const rows = await store.sql<{ verb: string; state: string; actor_id: string }[]>`
    select verb, state, actor_id from operations where panel = ${target.panel} order by number`;
  return rows.map(({ verb, state, actor_id: actor }) => `${verb} ${state}${actor === OWNER ? '' : ` by ${actor}`}`);
}

async function stepsOf({ target }: Scene): Promise<readonly string[]> {
  const rows = await store.sql<{ name: string; state: string }[]>`
    select name, operation_steps.state from operation_steps join operations on operation = number
    where panel = ${target.panel} order by operation, position`;
  return rows.map(({ name, state }) => `${name}: ${state}`);
}

/** Settlement looks now at what it would look at later. */
async function settle(services: Services): Promise<void> {
  await store.sql`update operations set lease_until = now() - interval '1 second' where lease_until is not null`;
  await lapseLeases(services);
  await store.sql`update operations set settle_at = now() - interval '1 second' where settle_at is not null`;
  await settleDue(services);
}

/** A process that is gone at this point; its queue goes with it. */
function goneAt(services: Services, name: string): { readonly gone: Services; readonly reached: Promise<void> } {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const at: Services['at'] = (point) => {
    if (point !== name) return undefined;
    resolve();
    return new Promise<void>(() => undefined);
  };
  return { gone: { ...services, at, queue: accountQueue() }, reached };
}

describe('suspending an account of a panel that suspends servers only', () => {
  test('suspends its servers, says how many, and shows the account suspended', async () => {
    const here = await scene();
    const outcome = await suspend(here);
    if (outcome.kind !== 'done') throw new Error(`it is ${outcome.kind}`);
    expect(outcome.result.account).toMatchObject({ status: 'suspended', details: { servers: 3, suspendedServers: 3 } });
    expect(here.suspended()).toEqual(['smp', 'lobby', 'unpaid']);
    const { account, suspension } = await viewAccount(here.ctx(), here.target);
    expect(account.status).toBe('suspended');
    expect(suspension).toMatchObject({ reason: 'Chargeback', number: outcome.operation.number });
    expect(await refusal(suspend(here))).toBe('account.already_suspended');
  });

  test('and lifting it brings back what it took, and nothing else', async () => {
    const here = await scene();
    await suspend(here);
    expect(await lift(here)).toMatchObject({ kind: 'done', result: { account: { status: 'active' } } });
    expect(here.suspended()).toEqual(['unpaid']);
    expect(await refusal(lift(here))).toBe('account.not_suspended');
  });

  test('leaves what staff have done to a server meanwhile', async () => {
    const here = await scene();
    await suspend(here);
    await unsuspendServer(here.ctx(), { target: here.target, server: here.smp.id });
    await suspendServer(here.ctx(), { target: here.target, server: here.smp.id, reason: 'Mining' });
    await lift(here);
    expect(here.suspended()).toEqual(['smp', 'unpaid']);
  });

  test('a second time does not lift what only the first one took', async () => {
    const here = await scene();
    await suspend(here);
    await lift(here);
    await suspendServer(here.ctx(), { target: here.target, server: here.smp.id, reason: 'Mining' });
    await suspend(here);
    await lift(here);
    expect(here.suspended()).toEqual(['smp', 'unpaid']);
  });

  test('changes nothing where its servers cannot be listed', async () => {
    const here = await scene();
    here.panel.failNext('servers.list', { kind: 'refuse', failure: 'forbidden' });
    expect(await refusal(suspend(here))).toBe('panel.failed');
    expect(await operationsOf(here)).toEqual(['account.suspend failed']);
    expect(await here.status()).toBe('active');
  });
});

describe('a server that makes trouble', () => {
  test('stops the rest, and tells what is done and what is not', async () => {
    const here = await scene();
    const { panel } = here;
    // Of the two calls the first is let through.
    panel.failNext('server.suspend', { kind: 'wait', for: Promise.resolve() });
    panel.failNext('server.suspend', { kind: 'refuse', failure: 'unreachable', detail: 'Its node is down.' });
    expect((await suspend(here)).kind).toBe('unknown');
    expect(await stepsOf(here)).toEqual([
      'house: succeeded',
      `server ${here.smp.id}: succeeded`,
      `server ${here.lobby.id}: failed`,
    ]);
    expect(await here.status()).toBe('suspended');
    await settle(here.services);
    expect(await operationsOf(here)).toEqual(['account.suspend succeeded']);
    expect(here.suspended()).toEqual(['smp', 'lobby', 'unpaid']);
  });

  test('is laid before a person who has the last word, and is lifted no more than it was taken', async () => {
    const here = await scene();
    const refuse = { kind: 'refuse', failure: 'rejected', detail: 'It is being moved.' } as const;
    here.panel.failNext('server.suspend', { kind: 'wait', for: Promise.resolve() });
    for (let times = 0; times < 2; times += 1) here.panel.failNext('server.suspend', refuse);
    const outcome = await suspend(here);
    for (let times = 0; times < 2; times += 1) await settle(here.services);
    const [row] = await store.sql<{ doubt: unknown }[]>`
      select doubt from operations where number = ${outcome.kind === 'ask' ? 0 : outcome.operation.number}`;
    expect(row?.doubt).toEqual({
      why: 'steps',
      done: ['house', `server ${here.smp.id}`],
      open: `server ${here.lobby.id}`,
    });
    await settleByHand(here.ctx(), {
      number: outcome.kind === 'ask' ? 0 : outcome.operation.number,
      outcome: 'happened',
    });
    // Somebody suspends it in the panel, for a reason of their own.
    await here.panel.panel.servers?.suspension?.suspend(here.lobby.id, {
      signal: AbortSignal.timeout(1_000),
      reference: 'by hand',
      step: async (_, run) => run(),
    });
    await lift(here);
    expect(here.suspended()).toEqual(['lobby', 'unpaid']);
  });

  const silences = (['never', 'before', 'late'] as const).flatMap((acts) => [
    { acts, after: 0 },
    { acts, after: 1 },
  ]);

  test.each(silences)(
    'that does not answer, acting $acts, after $after others, is suspended in the end and comes back',
    async ({ acts, after }) => {
      const here = await scene();
      for (let others = 0; others < after; others += 1)
        here.panel.failNext('server.suspend', { kind: 'wait', for: Promise.resolve() });
      here.panel.failNext('server.suspend', { kind: 'timeout', acts });
      expect((await suspend(here)).kind).toBe('unknown');
      await settle(here.services);
      await here.panel.actLate();
      expect(here.suspended()).toEqual(['smp', 'lobby', 'unpaid']);
      for (let others = 0; others < after; others += 1)
        here.panel.failNext('server.unsuspend', { kind: 'wait', for: Promise.resolve() });
      here.panel.failNext('server.unsuspend', { kind: 'timeout', acts });
      expect((await lift(here)).kind).toBe('unknown');
      await settle(here.services);
      await here.panel.actLate();
      expect(here.suspended()).toEqual(['unpaid']);
      expect(await operationsOf(here)).toEqual(['account.suspend succeeded', 'account.unsuspend succeeded']);
    },
  );

  test('by being gone holds nothing up', async () => {
    const here = await scene();
    here.panel.failNext('server.suspend', { kind: 'refuse', failure: 'not_found' });
    expect((await suspend(here)).kind).toBe('done');
    expect(here.suspended()).toEqual(['lobby', 'unpaid']);
  });

  test('when it is lifted keeps the account suspended until all are back', async () => {
    const here = await scene();
    await suspend(here);
    here.panel.failNext('server.unsuspend', { kind: 'wait', for: Promise.resolve() });
    here.panel.failNext('server.unsuspend', { kind: 'timeout', acts: 'before' });
    expect((await lift(here)).kind).toBe('unknown');
    expect(await here.status()).toBe('suspended');
    await here.crawl();
    expect(here.suspended()).toEqual(['unpaid']);
    await settle(here.services);
    expect(await here.status()).toBe('active');
    expect(await operationsOf(here)).toEqual(['account.suspend succeeded', 'account.unsuspend succeeded']);
  });
});

describe('the lifting of single servers that was not heard of again', () => {
  test.each(['one', 'all'] as const)('does not go on once the account was suspended since (%s)', async (which) => {
    const here = await scene();
    const { target, smp } = here;
    await suspendServer(here.ctx(), { target, server: smp.id, reason: 'Mining' });
    here.panel.failNext('server.unsuspend', { kind: 'timeout', acts: 'never' });
    const lifting = await unsuspendServer(here.ctx(), { target, server: which === 'one' ? smp.id : null });
    if (lifting.kind !== 'unknown') throw new Error(`it is ${lifting.kind}`);
    await suspend(here);
    for (let times = 0; times < 2; times += 1) await settle(here.services);
    expect(here.suspended()).toEqual(['smp', 'lobby', 'unpaid']);
    await settleByHand(here.ctx(), { number: lifting.operation.number, outcome: 'not' });
    await lift(here);
    expect(here.suspended()).toEqual(['smp', 'unpaid']);
  });
});

describe('a process that is gone', () => {
  const points = (here: Scene) => [
    'intent:after',
    ...['house', `server ${here.smp.id}`, `server ${here.lobby.id}`].flatMap((step) => [
      `step:${step}:before`,
      `step:${step}:after`,
    ]),
    'effect:after',
  ];

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'while it suspends, at point %i, has suspended all or nothing in the end',
    async (n) => {
      const here = await scene();
      const { gone, reached } = goneAt(here.services, points(here)[n] ?? '');
      void suspend(here, gone);
      await reached;
      await settle(here.services);
      const [operation] = await operationsOf(here);
      const nothing = n === 0;
      expect(operation).toBe(nothing ? 'account.suspend failed' : 'account.suspend succeeded');
      expect(await here.status()).toBe(nothing ? 'active' : 'suspended');
      expect(here.suspended()).toEqual(nothing ? ['unpaid'] : ['smp', 'lobby', 'unpaid']);
      if (nothing) return;
      await lift(here);
      expect(here.suspended()).toEqual(['unpaid']);
    },
  );

  const liftingPoints = (here: Scene) => [
    'intent:after',
    ...[`server ${here.lobby.id}`, `server ${here.smp.id}`, 'lift'].flatMap((step) => [
      `step:${step}:before`,
      `step:${step}:after`,
    ]),
    'effect:after',
  ];

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'while it lifts, at point %i, has lifted all or nothing in the end',
    async (n) => {
      const here = await scene();
      await suspend(here);
      const { gone, reached } = goneAt(here.services, liftingPoints(here)[n] ?? '');
      void lift(here, gone);
      await reached;
      await settle(here.services);
      const nothing = n === 0;
      expect((await operationsOf(here))[1]).toBe(nothing ? 'account.unsuspend failed' : 'account.unsuspend succeeded');
      expect(await here.status()).toBe(nothing ? 'suspended' : 'active');
      expect(here.suspended()).toEqual(nothing ? ['smp', 'lobby', 'unpaid'] : ['unpaid']);
    },
  );
});

describe('a server that a suspended account got later', () => {
  test('is suspended as soon as it is seen, once, and comes back with the rest', async () => {
    const here = await scene();
    await suspend(here);
    here.panel.addServer(here.target.accountId, { name: 'later' });
    await here.crawl();
    await here.crawl();
    expect(here.suspended()).toEqual(['smp', 'lobby', 'unpaid', 'later']);
    expect(await operationsOf(here)).toEqual(['account.suspend succeeded', 'server.suspend succeeded by system:house']);
    const [audited] = await store.sql<{ facts: unknown }[]>`
      select facts from audit where panel = ${here.target.panel} and action = 'server.suspend'`;
    const [first] = await store.sql<{ number: bigint }[]>`
      select number from operations where panel = ${here.target.panel} order by number limit 1`;
    expect(audited?.facts).toMatchObject({ follows: Number(first?.number) });
    await lift(here);
    expect(here.suspended()).toEqual(['unpaid']);
  });

  test('is left alone once staff have lifted it, and so is one that the suspension took before', async () => {
    const here = await scene();
    await suspend(here);
    const later = here.panel.addServer(here.target.accountId, { name: 'later' });
    await here.crawl();
    for (const { id } of [later, here.smp]) await unsuspendServer(here.ctx(), { target: here.target, server: id });
    await here.crawl();
    expect(here.suspended()).toEqual(['lobby', 'unpaid']);
  });

  test('is left active where the account was lifted at this very moment', async () => {
    const here = await scene();
    await suspend(here);
    here.panel.addServer(here.target.accountId, { name: 'later' });
    let lifted = false;
    const at: Services['at'] = async (point) => {
      if (point !== 'intent:before' || lifted) return;
      lifted = true;
      await lift(here);
    };
    await here.crawl({ ...here.services, at, queue: accountQueue() });
    expect(lifted).toBe(true);
    expect(here.suspended()).toEqual(['unpaid']);
  });

  test('waits while the account is worked on', async () => {
    const here = await scene();
    await suspend(here);
    here.panel.addServer(here.target.accountId, { name: 'later' });
    here.panel.failNext('server.unsuspend', { kind: 'timeout', acts: 'never' });
    await lift(here);
    await here.crawl();
    expect(here.suspended()).not.toContain('later');
  });

  test('is no business of the house’s where the account is not suspended', async () => {
    const here = await scene();
    await here.crawl();
    expect(await operationsOf(here)).toEqual([]);
    expect(here.panel.calls.map(({ name }) => name)).toEqual(['list']);
  });
});
