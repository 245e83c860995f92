/** Accounts and values as they are mistyped: each gets a clear sentence, and nothing is changed. */
import { describe, expect, test } from 'vitest';
import type { OptionValues } from '../../sandbox/discord/person/person.ts';
import { harmless } from './fixtures/harmless.ts';
import { startHouse } from './fixtures/house.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, tomasz, alex, jo } = house;

const alexb = await house.account('alexb', { member: alex.id });
const joh = await house.account('joh', { member: jo.id });
const nothingFrom = (run: () => Promise<Screen>) => harmless(house, [alexb, joh], run);
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
    expect((await nothingFrom(view({ account }))).text).toBe(sentence);
    expect((await nothingFrom(suspend({ account }))).text).toBe(sentence);
  });

  test('whose address nobody has is not found; that somebody looked who may not see addresses is recorded', async () => {
    const look = (person: typeof tomasz) => () => person.types('user view', { account: 'nobody@example.com' });
    expect((await nothingFrom(look(tomasz))).text).toMatch(/^No account was found for “nobody@example.com”\./);
    expect(await house.changedBy(look(house.sam))).toEqual({ audit: 1, audit_personal: 1 });
  });

  test('is found by any of its names', async () => {
    const { text } = await tomasz.types('user suspend', { account: 'joh', reason: 'Spam' });
    const number = text.match(/#\d+/)?.[0] ?? '';
    await tomasz.types('user unsuspend', { account: 'joh' });
    for (const account of ['joh', 'JOH', joh.id, joh.reference, number, `<@${jo.id}>`, 'JoH@example.com']) {
      expect((await tomasz.types('user view', { account })).text).toContain('joh · Name of joh');
    }
  });

  test('of somebody else than the member who was named is refused', async () => {
    const refused = await nothingFrom(suspend({ member: alex.id, account: 'joh' }));
    expect(refused.text).toBe(
      'The member and the account that you named do not belong together. Nothing was changed. Name only one of them.',
    );
  });

  test('of the member who was named may be named, too', async () => {
    const card = await nothingFrom(view({ member: alex.id, account: 'alexb' }));
    expect(card.text).toContain('alexb · Name of alexb');
  });

  test('of a member without one offers what can be done', async () => {
    const refused = await nothingFrom(suspend({ member: house.robin.id }));
    expect(refused.text).toBe(
      '@robin is not linked to an account in Harbour Panel.\nName the `account` instead, if you know it.',
    );
    expect(refused.actions).toEqual(['Link to…', 'Create account']);
  });

  test('that is not named at all is asked for, and an empty form says so', async () => {
    const form = await tomasz.types('user view');
    expect(form.fields).toEqual(['member', 'account']);
    const refused = await nothingFrom(() => tomasz.sends(form));
    expect(refused.text).toBe('Whose account? Name a `member` or an `account`.');
    expect(refused.actions).toEqual(['Correct']);
  });

  test('that is only meant roughly is chosen from a list, and then it is done', async () => {
    const alexander = await house.account('alexander');
    const asked = await nothingFrom(suspend({ account: 'alex' }));
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
