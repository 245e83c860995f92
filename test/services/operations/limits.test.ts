import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/refusal.ts';
import { deductCredits } from '../../../src/services/credits/deduct.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { setCredits } from '../../../src/services/credits/set.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, oursInJournal, refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

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
