/** One's own account: in the server and in a direct message, the same card, credits and history, and never anybody else's. */
import { describe, expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';
import { ELSEWHERE, IN_DM } from './fixtures/people.ts';

const house = await startHouse();
const { discord, mira, tomasz, alex, jo, robin } = house;

const account = await house.account('alexb', { member: alex.id });
await tomasz.types('credits add', { account: 'alexb', amount: '50', reason: 'Power cut' });
await mira.types('user note', { account: 'alexb', text: 'Only for the team' });

describe.each([
  ['the server', ELSEWHERE],
  ['a direct message', IN_DM],
])('in %s', (_place, where) => {
  test('/account view shows the account with its address, its balance and why it changed', async () => {
    const card = await alex.types('account view', {}, where);
    if (where !== IN_DM) expect(card.isPrivate).toBe(true);
    expect(card.text).toMatch(/^Active\nalexb · Name of alexb\n/);
    expect(card.text).toContain('alexb@example.com');
    expect(card.text).toMatch(/Balance\W+170 credits/);
    expect(card.text).toContain('+50 · Power cut · @tomasz · ‹when›');
    expect(card.text).not.toMatch(/note|team/i);
    expect(card.actions).toEqual(['Credits', 'History']);
  });

  test('its buttons lead to the credits, the ledger and the history', async () => {
    const card = await alex.types('account view', {}, where);
    const credits = await alex.presses(card, 'Credits');
    expect(credits.text).toMatch(/^Credits of alexb · Name of alexb\nBalance 170 credits/);
    expect((await alex.presses(credits, 'Whole ledger')).text).toMatch(/^Ledger of alexb(?:.|\n)*\+50 → 170/);
    expect((await alex.presses(card, 'History')).text).toMatch(/^History of alexb(?:.|\n)*\+50 · Power cut/);
  });

  test('/account credits and /account history show the same', async () => {
    expect((await alex.types('account credits', {}, where)).text).toMatch(/^Credits of alexb/);
    expect((await alex.types('account history', {}, where)).text).toMatch(/^History of alexb/);
  });

  test.each(['account view', 'account credits', 'account history'])(
    '/%s says what to do without an account',
    async (command) => {
      expect((await robin.types(command, {}, where)).text).toBe(
        'No account is linked to you yet. Ask the staff to link yours; they can do it in a moment.',
      );
    },
  );
});

test('an account that is linked to somebody else by now is not shown by the buttons of before', async () => {
  const mine = await house.account('once-mine', { member: jo.id });
  const card = await jo.types('account view', {}, IN_DM);
  await tomasz.types('link remove', { account: 'once-mine' });
  for (const button of ['Credits', 'History']) {
    expect((await jo.presses(card, button)).text).toMatch(/^No account is linked to you yet\./);
  }
  expect((await mine.now()).username).toBe('once-mine');
});

test('a suspended account opens with by whom and why', async () => {
  await tomasz.types('user suspend', { account: 'alexb', reason: 'Chargeback' });
  expect((await alex.types('account view', {}, IN_DM)).text).toMatch(/^Suspended by @tomasz ‹when›, for: Chargeback/);
  expect((await account.now()).status).toBe('suspended');
});

test('with accounts in several panels, it is asked which, and the one that was picked is shown', async () => {
  const several = await startHouse({ panel: 'two' });
  await several.account('here', { member: alex.id });
  await several.account('there', { member: alex.id, panel: 'eu' });
  const asked = await several.alex.types('account view', {}, IN_DM);
  expect(asked.text).toBe('You have an account in several panels. Which one?');
  expect(asked.actions).toEqual(['Harbour Panel', 'Harbour Europe']);
  expect((await several.alex.presses(asked, 'Harbour Europe')).text).toContain('there · Name of there');
  expect(several.discord.violations).toEqual([]);
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
