/** Amounts and reasons as they are mistyped: each gets a clear sentence and the form to mend it, and nothing is changed. */
import { describe, expect, test } from 'vitest';
import { harmless } from './fixtures/harmless.ts';
import { startHouse } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, tomasz, mira } = house;

const alexb = await house.account('alexb', { member: house.alex.id });
const joh = await house.account('joh', { member: house.jo.id });
const nothingFrom = (run: () => Promise<Screen>) => harmless(house, [alexb, joh], run);

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
    const refused = await nothingFrom(add(amount));
    expect(refused.text).toBe(sentence);
    expect(refused.actions).toEqual(['Correct']);
    const form = await tomasz.presses(refused, 'Correct');
    expect(form.text).toBe('For alexb');
    expect(form.fields).toEqual(['amount', 'reason.choice', 'reason']);
    expect(JSON.stringify(form.form?.form)).toContain(`"value":"${amount}"`);
  });

  test('is right once it was corrected', async () => {
    const form = await tomasz.presses(await nothingFrom(add('1e9')), 'Correct');
    const done = await tomasz.sends(form, { amount: '1' });
    expect(done.text).toMatch(/^\+1 · 120 → 121 · Power cut · #\d+/);
  });

  test('beyond the balance names the balance', async () => {
    const refused = await nothingFrom(() =>
      tomasz.types('credits remove', { account: 'joh', amount: '120.01', reason: 'Refund' }),
    );
    expect(refused.text).toBe(
      'The balance is 120: that is too little. Nothing was changed. Take at most that, or set the balance.',
    );
  });

  test('that the balance is already is no change', async () => {
    const refused = await nothingFrom(() =>
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
    const atOnce = await nothingFrom(give('joh', '50.01'));
    expect(atOnce.text).toBe(
      'That is more than the 50 that you may move at once. Nothing was changed. Write less, or ask someone with a higher limit.',
    );
    await give('joh', '50')();
    const inADay = await nothingFrom(give('alexb', '30.01'));
    expect(inADay.text).toBe(
      'That is more than you may give in a day: 30 of 80 are left. Nothing was changed. Give less, or ask someone with a higher limit.',
    );
    await tomasz.types('credits add', { account: 'joh', amount: '40', reason: 'Power cut' });
    const onOne = await nothingFrom(give('joh', '20'));
    expect(onOne.text).toBe(
      'That is more than one account may be given in a day: 0 of 80 are left. Nothing was changed. Give less, or wait until tomorrow.',
    );
    await house.give({ role: 'moderator', preset: 'moderator' });
  });
});

describe('a reason', () => {
  const LONG = 'x'.repeat(301);

  test('over its length is not taken by Discord, nor by Steward when it comes all the same', async () => {
    const given = { account: 'joh', amount: '1', reason: LONG };
    const answer = await discord.as(tomasz.id).command('credits add', given, IN_STAFF);
    expect(answer.kind).toBe('failed');
    await tomasz.types('credits add', { ...given, reason: 'A reason' });
    const asked = await tomasz.types('credits add', { ...given, reason: 'To be lengthened' });
    await store.sql`
      update component_state set actions = replace(actions::text, 'To be lengthened', ${LONG})::jsonb
      where actions::text like '%To be lengthened%'`;
    const refused = await nothingFrom(() => tomasz.presses(asked, 'Do it anyway'));
    expect(refused.text).toBe('Reason: this is too long: at most 300 characters. Nothing was changed.');
    expect(refused.actions).toEqual(['Correct']);
  });

  test('that is missing is asked for, and an empty answer says so', async () => {
    const form = await house.priya.types('credits add', { account: 'joh', amount: '1' });
    const refused = await nothingFrom(() => house.priya.sends(form));
    expect(refused.text).toBe('Reason: this is needed. Nothing was changed.');
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
