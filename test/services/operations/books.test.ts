import { describe, expect, it } from 'vitest';
import { money } from '../../../src/domain/money.ts';
import type { BalanceChange, CreditsAbility, Panel } from '../../../src/panels/panel.ts';
import { createAccount } from '../../../src/services/accounts/create.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const scene = createScenes(store);

/** The sums of a ledger, in minor units: of all, of ours, the last balance, and what succeeded operations were to move. */
async function sums(panel: string) {
  const [row] = await store.sql<{ total: bigint; ours: bigint; last: bigint; meant: bigint }[]>`
    select coalesce(sum(delta_minor), 0)::bigint as total,
      coalesce(sum(delta_minor) filter (where kind = 'ours'), 0)::bigint as ours,
      coalesce((select balance_minor from ledger where panel = ${panel} order by id desc limit 1), 0) as last,
      (select coalesce(sum(delta_minor), 0)::bigint from operations where panel = ${panel} and state = 'succeeded') as meant
    from ledger where panel = ${panel}`;
  return row;
}

/** A panel that adds first and reads after, as most do: what others move in between is in what it answers. */
function movedMeanwhile(panel: Panel, byMinor: bigint): Panel {
  const { credits } = panel;
  if (!credits) throw new Error('the panel keeps no credits');
  const add: CreditsAbility['add'] = async (...call): Promise<BalanceChange> => {
    const { before, after } = await credits.add(...call);
    return { before, after: money(after.minor + byMinor, after.unit) };
  };
  return { ...panel, credits: { ...credits, add } };
}

describe('the ledger', () => {
  it('counts as ours what an operation meant, though others moved the balance during the call', async () => {
    const { panel, mira, target } = await scene();
    const services = await testServices(store, { panels: [movedMeanwhile(panel.panel, 7_000n)] });
    const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(outcome).toMatchObject({ kind: 'done', result: { delta: { minor: 50_000n }, after: { minor: 177_000n } } });
    expect(await sums(target.panel)).toEqual({ total: 177_000n, ours: 50_000n, last: 177_000n, meant: 50_000n });
  });

  it('does not count as ours what a panel gives to every new account', async () => {
    const generous = createTestPanel({ id: 'generous' });
    const { create } = generous.panel;
    if (!create) throw new Error('the panel creates no accounts');
    const services = await testServices(store, {
      panels: [
        {
          ...generous.panel,
          create: {
            ...create,
            create: async (values, change) => {
              const account = await create.create(values, change);
              generous.moveBalance(account.id, 10_000n);
              return generous.read(account.id);
            },
          },
        },
      ],
    });
    await giveGrant(services, { userId: '77', preset: 'administrator' });
    for (const [username, credits] of [
      ['without', {}],
      ['with', { credits: '20' }],
    ] as const) {
      const values = { email: `${username}@example.com`, username, ...credits };
      await createAccount(contextOf(services, OWNER), { panel: 'generous', values, memberId: null });
    }
    const { ours, meant } = (await sums('generous')) ?? {};
    expect(ours).toBe(meant);
    expect(ours).toBe(20_000n);
  });
});
