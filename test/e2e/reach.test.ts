/** Rights on one panel say nothing of the accounts of another: not by a form, not by the correction of one. */
import { expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';

const house = await startHouse({ panel: 'two' });
const { ada, lena, store } = house;
const main = await house.account('hiddenone');
const eu = await house.account('openone', { panel: 'eu' });
await store.sql`update grants set revoked_at = now(), revoked_by = 'test'`;
await ada.types('policy grant', { who: lena.id, preset: 'administrator', panel: 'eu' });
const where = { ...IN_STAFF, evenIfHidden: true };

test('a form is not filled in from an account out of reach, nor is its correction', async () => {
  const refused = await lena.types('user edit', { account: main.reference }, where);
  expect(refused.text).toMatch(/^No account was found/);
  const correction = await lena.presses(refused, 'Correct');
  expect(`${correction.text} ${JSON.stringify(correction.form)}`).not.toContain('hiddenone');
});

test('a form shows nothing of an account on which one may do other things, but not this', async () => {
  await ada.types('policy grant', { who: lena.id, permission: 'accounts.notes', panel: 'main' });
  for (const command of ['user edit', 'user suspend', 'user delete']) {
    const refused = await lena.types(command, { account: main.reference }, where);
    expect(refused.form, command).toBeNull();
    expect(refused.text, command).not.toContain('hiddenone');
  }
});

test('a form shows the e-mail only where one may change it', async () => {
  await ada.types('policy grant', { who: lena.id, permission: 'accounts.edit', panel: 'main' });
  expect((await lena.types('user edit', { account: main.reference }, where)).fields).not.toContain('email');
  expect((await lena.types('user edit', { account: eu.reference }, where)).fields).toContain('email');
});
