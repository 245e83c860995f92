import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { AnsweredElsewhere } from '../../../src/services/operation.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, expectBooksToBalance, refusal } from '../../harness/scene.ts';
import { contextOf, testServices } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

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
    await expectBooksToBalance(store, panel, target.accountId);
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
    await expectBooksToBalance(store, panel, target.accountId);
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
    await expectBooksToBalance(store, panel, target.accountId);
  });
});
