/** What people type by mistake: each gets a clear sentence, and nothing is changed. */
import { describe, expect, test } from 'vitest';
import type { OptionValues } from '../../sandbox/discord/person/person.ts';
import { startHouse } from './fixtures/house.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, tomasz, mira, alex, jo } = house;

const alexb = await house.account('alexb', { member: alex.id });
const joh = await house.account('joh', { member: jo.id });
const accounts = () => Promise.all([alexb.now(), joh.now()]);

/** Runs something that must change nothing, and gives what the person saw. */
async function harmless(run: () => Promise<Screen>): Promise<Screen> {
  const seen: Screen[] = [];
  const before = await accounts();
  const changed = await house.changedBy(async () => seen.push(await run()));
  expect(changed).toEqual({});
  expect(await accounts()).toEqual(before);
  const [screen] = seen;
  if (!screen) throw new Error('nothing was seen');
  expect(screen.isPrivate).toBe(true);
  return screen;
}

describe('an amount', () => {
  const add = (amount: string) => () => tomasz.types('credits add', { account: 'alexb', amount, reason: 'Power cut' });

  test.each([
    [
      '1e9',
      '“1e9” is not an amount. Nothing was changed. Write digits only, with a point before decimals: `50` or `12.5`.',
    ],
    [
      '-5',
      '“-5” is not an amount. Nothing was changed. Write digits only, with a point before decimals: `50` or `12.5`.',
    ],
    [
      '1,5',
      '“1,5” is not an amount. Nothing was changed. Write digits only, with a point before decimals: `50` or `12.5`.',
    ],
    [
      '1.234.567',
      '“1.234.567” is not an amount. Nothing was changed. Write digits only, with a point before decimals: `50` or `12.5`.',
    ],
    ['0', 'An amount of zero moves nothing. Nothing was changed. Write an amount above zero.'],
    ['0.00', 'An amount of zero moves nothing. Nothing was changed. Write an amount above zero.'],
    ['0.005', '“0.005” has too many decimals. Nothing was changed. Write at most 2 digits after the point.'],
    ['99999999999999', '“99999999999999” is more than can be moved. Nothing was changed. Check the number of digits.'],
  ])('of %s is refused in words, with the form to mend it', async (amount, sentence) => {
    const refused = await harmless(add(amount));
    expect(refused.text).toBe(sentence);
    expect(refused.actions).toEqual(['Correct']);
    const form = await tomasz.presses(refused, 'Correct');
    expect(JSON.stringify(form.form?.form)).toContain(`"value":"${amount}"`);
  });

  test('is right once it was corrected', async () => {
    const form = await tomasz.presses(await harmless(add('1e9')), 'Correct');
    const done = await tomasz.sends(form, { amount: '1' });
    expect(done.text).toMatch(/^\+1 · 120 → 121 · Power cut · #\d+/);
  });

  test('beyond the balance names the balance', async () => {
    const refused = await harmless(() =>
      tomasz.types('credits remove', { account: 'joh', amount: '120.01', reason: 'Refund' }),
    );
    expect(refused.text).toBe(
      'The balance is 120: that is too little. Nothing was changed. Take at most that, or set the balance.',
    );
  });

  test('that the balance is already is no change', async () => {
    const refused = await harmless(() =>
      tomasz.types('credits set', { account: 'joh', amount: '120', reason: 'Refund' }),
    );
    expect(refused.text).toBe('The balance is 120 already. Nothing was changed.');
  });

  test('beyond a limit names the limit, at once, in a day, and for one account', async () => {
    await house.ada.types('policy grant', { who: mira.id, permission: 'credits.grant', per_act: '50', per_day: '80' });
    await store.sql`update grants set revoked_at = now(), revoked_by = 'test' where preset = 'moderator'`;
    await house.services.policy.refresh();
    const give = (account: string, amount: string) => () =>
      mira.types('credits add', { account, amount, reason: 'Power cut' });
    const atOnce = await harmless(give('joh', '50.01'));
    expect(atOnce.text).toBe(
      'That is more than the 50 that you may move at once. Nothing was changed. Write less, or ask someone with a higher limit.',
    );
    await give('joh', '50')();
    const inADay = await harmless(give('alexb', '30.01'));
    expect(inADay.text).toBe(
      'That is more than you may give in a day: 30 of 80 are left. Nothing was changed. Give less, or ask someone with a higher limit.',
    );
    await tomasz.types('credits add', { account: 'joh', amount: '40', reason: 'Power cut' });
    const onOne = await harmless(give('joh', '20'));
    expect(onOne.text).toBe(
      'That is more than one account may be given in a day: 0 of 80 are left. Nothing was changed. Give less, or wait until tomorrow.',
    );
    await house.give({ role: 'moderator', preset: 'moderator' });
  });
});

describe('an account', () => {
  const view = (options: OptionValues) => () => tomasz.types('user view', options);
  const suspend = (options: OptionValues) => () => tomasz.types('user suspend', { ...options, reason: 'Spam' });

  test.each([
    [
      'nobody-at-all',
      'No account was found for “nobody-at-all”. Write the whole username, e-mail address or id, or pick one from the list while typing.',
    ],
    [
      'main/999999',
      'No account was found. Write the whole username, e-mail address or id, or pick one from the list while typing.',
    ],
    [
      '#999999',
      'No account was found for “#999999”. Write the whole username, e-mail address or id, or pick one from the list while typing.',
    ],
    [
      'elsewhere/1',
      'No account was found for “elsewhere/1”. Write the whole username, e-mail address or id, or pick one from the list while typing.',
    ],
  ])('called %s is not found', async (account, sentence) => {
    expect((await harmless(view({ account }))).text).toBe(sentence);
    expect((await harmless(suspend({ account }))).text).toBe(sentence);
  });

  test('whose address nobody has is not found; that somebody looked who may not see addresses is recorded', async () => {
    const look = (person: typeof tomasz) => () => person.types('user view', { account: 'nobody@example.com' });
    expect((await harmless(look(tomasz))).text).toMatch(/^No account was found for “nobody@example.com”\./);
    expect(await house.changedBy(look(house.sam))).toEqual({ audit: 1, audit_personal: 1 });
  });

  test('of somebody else than the member who was named is refused', async () => {
    const refused = await harmless(suspend({ member: alex.id, account: 'joh' }));
    expect(refused.text).toBe(
      'The member and the account that you named do not belong together. Nothing was changed. Name only one of them.',
    );
  });

  test('of the member who was named may be named, too', async () => {
    const card = await harmless(view({ member: alex.id, account: 'alexb' }));
    expect(card.text).toContain('alexb · Name of alexb');
  });

  test('of a member without one offers what can be done', async () => {
    const refused = await harmless(suspend({ member: house.robin.id }));
    expect(refused.text).toBe(
      '@robin is not linked to an account in Harbour Panel.\nName the `account` instead, if you know it.',
    );
    expect(refused.actions).toEqual(['Link to…', 'Create account']);
  });

  test('that is not named at all is asked for, and an empty form says so', async () => {
    const form = await tomasz.types('user view');
    expect(form.fields).toEqual(['member', 'account']);
    const refused = await harmless(() => tomasz.sends(form));
    expect(refused.text).toBe('Whose account? Name a `member` or an `account`.');
    expect(refused.actions).toEqual(['Correct']);
  });

  test('that is only meant roughly is chosen from a list, and then it is done', async () => {
    const alexander = await house.account('alexander');
    const asked = await harmless(suspend({ account: 'alex' }));
    expect(asked.text).toBe('Several accounts match. Which one?');
    const done = await tomasz.picks(asked, 'Choose an account…', 'alexander');
    expect(done.text).toMatch(/^Suspended · Spam · #\d+\nalexander/);
    expect((await alexander.now()).status).toBe('suspended');
    expect((await alexb.now()).status).toBe('active');
  });
});

describe('a new account', () => {
  const create = (options: OptionValues) => () =>
    tomasz.types('user create', { email: 'new@example.com', username: 'newcomer', ...options });

  test.each([
    [
      'a malformed address',
      { email: 'not an address' },
      'E-mail: this is not an e-mail address that the panel takes. Nothing was changed.',
    ],
    [
      'an address with letters that only look alike',
      { email: 'аlex@example.com' },
      'E-mail: this is not an e-mail address that the panel takes. Nothing was changed.',
    ],
    [
      'a taken address, in other letters',
      { email: 'AlexB@Example.com' },
      'Another account uses this e-mail address. Nothing was changed. Write another one, or look for that account first.',
    ],
    [
      'a taken username',
      { username: 'alexb' },
      'Another account uses this username. Nothing was changed. Write another one.',
    ],
    [
      'a malformed username',
      { username: 'a b' },
      'Username: this has characters that the panel does not take in usernames. Nothing was changed.',
    ],
    [
      'a username that is too short',
      { username: 'ab' },
      'Username: this is too short: at least 3 characters. Nothing was changed.',
    ],
    [
      'a role that the panel does not have',
      { role: 'emperor' },
      'The panel has no role called “emperor”. Nothing was changed. Pick one from the list while typing.',
    ],
    [
      'credits that are no amount',
      { credits: '1e9' },
      '“1e9” is not an amount. Nothing was changed. Write digits only, with a point before decimals: `50` or `12.5`.',
    ],
    [
      'a member who has one already',
      { member: alex.id },
      'This member is linked to another account in Harbour Panel. Nothing was changed. Remove that link first: `/link remove`.',
    ],
  ])('with %s is refused', async (_what, options, sentence) => {
    const refused = await tomasz.types('user create', { email: 'new@example.com', username: 'newcomer', ...options });
    expect(refused.text).toBe(sentence);
    expect(
      await store.sql`select from builtin_accounts where username = 'newcomer' or email = 'new@example.com'`,
    ).toEqual([]);
    expect(await store.sql`select from operations where verb = 'account.create' and state <> 'failed'`).toEqual([]);
  });

  test('is made once its form was corrected', async () => {
    const form = await tomasz.presses(await create({ username: 'alexb' })(), 'Correct');
    expect(form.fields).toEqual(['email', 'username', 'name', 'role', 'credits']);
    const done = await tomasz.sends(form, { username: 'newcomer' });
    expect(done.text).toMatch(/^Created · #\d+\nnewcomer/);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
