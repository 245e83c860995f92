import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/refusal.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { deductCredits } from '../../../src/services/credits/deduct.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { setCredits } from '../../../src/services/credits/set.ts';
import { AnsweredElsewhere } from '../../../src/services/operation.ts';
import { lapseLeases } from '../../../src/services/operations/lapse.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, giveGrant, testServices } from '../../harness/services.ts';
import { createTestPanel, type TestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
let users = 0;

/** A panel, services and an accountant of their own for each test, on the same database. */
async function scene(timing: Parameters<typeof testServices>[1]['timing'] = {}) {
  users += 1;
  const panel = createTestPanel({ id: `p${users}` });
  const services = await testServices(store, { panels: [panel.panel], timing });
  const mira = String(1000 + users);
  await giveGrant(services, { userId: mira, preset: 'accountant' });
  const account = panel.add({ email: 'alex@example.com', username: 'alex', balanceMinor: 120_000n });
  const target = { panel: panel.panel.id, accountId: account.id };
  return { panel, services, mira, target };
}

async function refusal(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'none';
}

const oursInJournal = (panel: TestPanel) =>
  panel.journal
    .filter(({ reference }) => reference !== null)
    .reduce((sum, { deltaMinor }) => sum + (deltaMinor ?? 0n), 0n);

/** The two equations that always hold, and that the panel's own journal agrees. */
async function expectBooksToBalance(panel: TestPanel, accountId: string) {
  const [row] = await store.sql<{ total: bigint; ours: bigint; last: bigint | null; succeeded: bigint }[]>`
    select coalesce(sum(delta_minor), 0)::bigint as total,
      coalesce(sum(delta_minor) filter (where kind = 'ours'), 0)::bigint as ours,
      (select balance_minor from ledger where panel = ${panel.panel.id} and account_id = ${accountId} order by id desc limit 1) as last,
      (select coalesce(sum(delta_minor), 0)::bigint from operations
        where panel = ${panel.panel.id} and account_id = ${accountId} and state = 'succeeded') as succeeded
    from ledger where panel = ${panel.panel.id} and account_id = ${accountId}`;
  expect(row?.total).toBe(row?.last ?? 0n);
  expect(row?.ours).toBe(row?.succeeded);
  expect(row?.ours).toBe(oursInJournal(panel));
}

describe('a grant of credits', () => {
  it('is stored before the panel is asked and ends with ledger, audit and notice', async () => {
    const { panel, services, mira, target } = await scene();
    const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(outcome).toMatchObject({
      kind: 'done',
      operation: { state: 'succeeded', verb: 'credits.grant', actorId: mira },
      result: { before: { minor: 120_000n }, after: { minor: 170_000n } },
    });
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
    const ledger = await store.sql`select kind, delta_minor from ledger where panel = ${target.panel} order by id`;
    expect(ledger.map((row) => [row.kind, row.delta_minor])).toEqual([
      ['outside', 120_000n],
      ['ours', 50_000n],
    ]);
    const [audit] = await store.sql`select action, outcome, facts from audit where panel = ${target.panel}`;
    expect(audit).toMatchObject({ action: 'credits.grant', outcome: 'succeeded', facts: { reason: 'Power cut' } });
    const notices =
      await store.sql`select * from notices join operations on number = operation where panel = ${target.panel}`;
    expect(notices).toHaveLength(1);
    await expectBooksToBalance(panel, target.accountId);
  });

  it('delivered twice acts once and gives the same answer', async () => {
    const { panel, services, mira, target } = await scene();
    const input = { target, amount: '50', reason: 'Power cut' };
    const first = await grantCredits(contextOf(services, mira, { origin: 'again-1' }), input);
    const second = await grantCredits(contextOf(services, mira, { origin: 'again-1' }), input);
    expect(second).toEqual(first);
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
  });

  it('under the same key with another amount is refused', async () => {
    const { panel, services, mira, target } = await scene();
    await grantCredits(contextOf(services, mira, { origin: 'reused' }), { target, amount: '50', reason: 'Power cut' });
    const other = grantCredits(contextOf(services, mira, { origin: 'reused' }), {
      target,
      amount: '60',
      reason: 'Power cut',
    });
    expect(await refusal(other)).toBe('operation.key_reused');
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
  });

  it('delivered to two processes at once acts once; the other stays silent or repeats the answer', async () => {
    const { panel, services, mira, target } = await scene();
    const elsewhere = await testServices(store, { panels: [panel.panel] });
    panel.failNext('credits.add', { kind: 'wait', for: delay(200) });
    const input = { target, amount: '50', reason: 'Power cut' };
    const run = (on: typeof services) =>
      grantCredits(contextOf(on, mira, { origin: 'both' }), input).catch((error: unknown) => {
        if (error instanceof AnsweredElsewhere) return 'silent';
        throw error;
      });
    await Promise.all([run(services), run(elsewhere)]);
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
    await expectBooksToBalance(panel, target.accountId);
  });

  it('of the same amount within ten minutes asks first, and goes on when told to', async () => {
    const { panel, services, mira, target } = await scene();
    const input = { target, amount: '50', reason: 'Power cut' };
    await grantCredits(contextOf(services, mira), input);
    const asked = await grantCredits(contextOf(services, mira), input);
    expect(asked).toMatchObject({ kind: 'ask', repeat: { actorId: mira } });
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
    const confirmed = await grantCredits(contextOf(services, mira, { confirmed: true }), input);
    expect(confirmed.kind).toBe('done');
    expect(panel.read(target.accountId).balance?.minor).toBe(220_000n);
  });

  it('notices what others moved meanwhile as an entry of its own', async () => {
    const { panel, services, mira, target } = await scene();
    await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    panel.moveBalance(target.accountId, -7_000n);
    await grantCredits(contextOf(services, mira), { target, amount: '1', reason: 'Rounding' });
    const kinds = await store.sql`select kind, delta_minor from ledger where panel = ${target.panel} order by id`;
    expect(kinds.map((row) => [row.kind, row.delta_minor])).toEqual([
      ['outside', 120_000n],
      ['ours', 50_000n],
      ['outside', -7_000n],
      ['ours', 1_000n],
    ]);
    await expectBooksToBalance(panel, target.accountId);
  });
});

describe('a panel that fails', () => {
  it('refusing leaves a failed operation, nothing moved, and its reason', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('credits.add', { kind: 'refuse' });
    const run = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(await refusal(run)).toBe('panel.failed');
    const [row] = await store.sql`select state from operations where panel = ${target.panel}`;
    expect(row?.state).toBe('failed');
    expect(panel.read(target.accountId).balance?.minor).toBe(120_000n);
    await expectBooksToBalance(panel, target.accountId);
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
});

describe('while a panel is asked', () => {
  it('no connection, transaction or lock is held', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('credits.add', { kind: 'wait', for: delay(400) });
    const running = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    await until(async () => panel.calls.some(({ name }) => name === 'credits.add'));
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
    await until(async () => panel.calls.some(({ name }) => name === 'credits.add'));
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
    await until(async () => panel.calls.some(({ name }) => name === 'credits.add'));
    expect(await lapseLeases(services)).toBe(0);
    await delay(350);
    expect(await lapseLeases(services)).toBe(1);
    expect((await running).kind).toBe('unknown');
    const [row] = await store.sql`select state, late_outcome from operations where panel = ${target.panel}`;
    expect(row).toMatchObject({ state: 'unknown', late_outcome: { state: 'succeeded' } });
  });
});

describe('limits', () => {
  async function limited(perAct: string, perDay: string) {
    const made = await scene();
    const sam = `5${made.mira}`;
    await giveGrant(made.services, { userId: sam, preset: 'accountant', perAct, perDay });
    const second = made.panel.add({ email: 'jo@example.com', username: 'jo', balanceMinor: 0n });
    return { ...made, sam, second: { panel: made.target.panel, accountId: second.id } };
  }

  it('per act refuse more at once', async () => {
    const { services, sam, target } = await limited('100', '1000');
    expect(await refusal(grantCredits(contextOf(services, sam), { target, amount: '100.001', reason: 'Test' }))).toBe(
      'policy.over_act',
    );
  });

  it('per day hold for twenty grants at once, to the last unit', async () => {
    const { panel, services, sam, target, second } = await limited('100', '100');
    const grants = Array.from({ length: 20 }, (_, index) =>
      grantCredits(contextOf(services, sam, { confirmed: true }), {
        target: index % 2 ? target : second,
        amount: '30',
        reason: 'Test',
      }).then(
        () => 'done',
        (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
      ),
    );
    const ended = await Promise.all(grants);
    expect(ended.filter((end) => end === 'done')).toHaveLength(3);
    expect(ended.filter((end) => end === 'policy.over_day')).toHaveLength(17);
    expect(oursInJournal(panel)).toBe(90_000n);
  });

  it('are not passed by setting a balance', async () => {
    const { services, sam, target } = await limited('100', '100');
    const set = setCredits(contextOf(services, sam), { target, amount: '220.001', reason: 'Test' });
    expect(await refusal(set)).toBe('policy.over_act');
    expect((await setCredits(contextOf(services, sam), { target, amount: '220', reason: 'Test' })).kind).toBe('done');
    expect(await refusal(grantCredits(contextOf(services, sam), { target, amount: '0.001', reason: 'Test' }))).toBe(
      'policy.over_day',
    );
  });

  it('are not freed by taking credits away again', async () => {
    const { services, sam, target } = await limited('100', '100');
    await grantCredits(contextOf(services, sam), { target, amount: '100', reason: 'Test' });
    await deductCredits(contextOf(services, sam), { target, amount: '100', reason: 'Test' });
    expect(await refusal(grantCredits(contextOf(services, sam), { target, amount: '1', reason: 'Test' }))).toBe(
      'policy.over_day',
    );
  });

  it('of one account count over all who give', async () => {
    const { services, sam, mira, target } = await limited('100', '100');
    await grantCredits(contextOf(services, mira), { target, amount: '90', reason: 'Test' });
    expect(await refusal(grantCredits(contextOf(services, sam), { target, amount: '11', reason: 'Test' }))).toBe(
      'policy.over_target',
    );
    expect((await grantCredits(contextOf(services, sam), { target, amount: '10', reason: 'Test' })).kind).toBe('done');
  });
});

describe('the last look at the grants', () => {
  it('is inside the intent: a right taken a moment ago is gone', async () => {
    const { panel, mira, target } = await scene();
    const services = await testServices(store, {
      panels: [panel.panel],
      at: async (point) => {
        if (point === 'intent:before') await store.sql`update grants set revoked_at = now() where subject_id = ${mira}`;
      },
    });
    const run = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(await refusal(run)).toBe('policy.denied');
    expect(await store.sql`select from operations where panel = ${target.panel}`).toHaveLength(0);
    expect(panel.calls.some(({ name }) => name === 'credits.add')).toBe(false);
  });
});

describe('a press', () => {
  it('acts once, however often and by however many it is pressed at once', async () => {
    const { panel, services, mira, target } = await scene();
    const presses = ['i1', 'i2', 'i3'].map((interactionId) =>
      grantCredits(
        contextOf(services, mira, {
          press: { key: `k-${target.panel}`, group: 'confirm', interactionId },
          confirmed: true,
        }),
        {
          target,
          amount: '50',
          reason: 'Power cut',
        },
      ).then(
        () => 'done',
        (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
      ),
    );
    expect((await Promise.all(presses)).toSorted()).toEqual(['done', 'press.used', 'press.used']);
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(5);
}
