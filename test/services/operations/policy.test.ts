import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/refusal.ts';
import { changeRole } from '../../../src/services/accounts/role.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, testServices } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

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

  it('asks for every right that the change needs: whoever makes an administrator, for that one too', async () => {
    const { panel, mira, target } = await scene();
    const services = await testServices(store, {
      panels: [panel.panel],
      at: async (point) => {
        if (point === 'intent:before')
          await store.sql`update grants set revoked_at = now() where permission = 'accounts.protected'`;
      },
    });
    await giveGrant(services, { userId: mira, preset: 'administrator' });
    await giveGrant(services, { userId: mira, permission: 'accounts.protected' });
    const run = changeRole(contextOf(services, mira), { target, change: 'set', role: 'root' });
    expect(await refusal(run)).toBe('policy.denied');
    expect(panel.read(target.accountId).administrator).toBe(false);
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
