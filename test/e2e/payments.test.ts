/** What an account has paid, from its card and by command. */
import { expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';
import { ELSEWHERE } from './fixtures/people.ts';

const house = await startHouse({ panel: 'test' });
const { panel, mira, alex } = house;

test('the last ten payments stand behind a button of the card, the latest first', async () => {
  const account = await house.customer();
  const none = await mira.presses(await mira.types('user view', { account: account.reference }), 'Payments');
  expect(none.text).toBe(
    `Payments of ${account.username} · Name of ${account.username}\nThis account has no payments.`,
  );
  for (let number = 1; number <= 12; number += 1) {
    panel.addPayment(account.id, {
      at: new Date('2026-03-01T12:00:00Z'),
      amount: `${number}.99`,
      currency: 'EUR',
      status: 'paid',
      product: number === 12 ? '**Booster**' : null,
    });
  }
  const shown = await mira.presses(await mira.types('user view', { account: account.reference }), 'Payments');
  const lines = shown.text.split('\n').slice(1);
  expect(lines).toHaveLength(10);
  expect(lines.slice(0, 2)).toEqual(['12.99 EUR · **Booster** · paid · ‹when›', '11.99 EUR · paid · ‹when›']);
  expect(shown.isPrivate).toBe(true);
});

test('they are nothing for who may not look at accounts, and on a panel without them there is no button', async () => {
  const account = await house.customer();
  expect(
    (await alex.types('user payments', { account: account.reference }, { ...ELSEWHERE, evenIfHidden: true })).text,
  ).toMatch(/^You may not/);
  panel.setAbility('payments', false);
  expect((await mira.types('user view', { account: account.reference })).actions).not.toContain('Payments');
  expect((await mira.types('user payments', { account: account.reference })).text).toContain('cannot show payments');
});
