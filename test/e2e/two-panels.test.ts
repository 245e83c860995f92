/** With more than one panel connected: which one is asked where it matters, said where it could be mistaken, and kept apart in rights. */
import { describe, expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';

const house = await startHouse({ panel: 'two' });
const { discord, store, ada, tomasz, mira, alex, lena } = house;

const main = await house.account('alexb', { member: alex.id });
const eu = await house.account('alexeu', { member: alex.id, panel: 'eu' });

test('a member with an account in each is asked which, and it is done to that one alone', async () => {
  const form = await mira.rightClicks('Give credits', alex.id);
  expect(form.text).toBe('Several accounts match. Which one?');
  const asked = await mira.picks(form, 'Choose an account…', 'alexeu');
  expect(asked.text).toBe('For alexeu in Harbour Europe');
  const given = await mira.sends(asked, { amount: '5', reason: 'Power cut' });
  expect(given.text).toMatch(/^\+5 · 120 → 125 .+\nalexeu · @alex · Harbour Europe · by @mira/);
  expect((await house.auditLines()).at(-1)).toMatch(/\+5 · alexeu · @alex · Harbour Europe · 120 → 125/);
  expect([(await main.now()).balance?.minor, (await eu.now()).balance?.minor]).toEqual([12_000n, 12_500n]);
});

test('an account is created in the panel that was named, or picked when it was not', async () => {
  const asked = await tomasz.types('user create', { email: 'one@example.com', username: 'one' });
  expect(asked.text).toBe('In which panel?');
  expect(asked.actions).toEqual(['Harbour Panel', 'Harbour Europe']);
  const form = await tomasz.presses(asked, 'Harbour Europe');
  expect((await tomasz.goesOn(form, {})).text).toMatch(/^Created · #\d+\none/);
  await tomasz.types('user create', { email: 'one@example.com', username: 'one', panel: 'main' });
  expect(await store.sql`select panel from builtin_accounts where username = 'one' order by panel`).toEqual([
    { panel: 'eu' },
    { panel: 'main' },
  ]);
  const wrong = await tomasz.types('user create', { email: 'two@example.com', username: 'two', panel: 'moon' });
  expect(wrong.text).toBe('No panel called “moon” is connected. Pick one from the list while typing.');
});

test('a name that both panels know is asked for, and a list may be of one panel', async () => {
  const asked = await mira.types('user view', { account: 'one' });
  expect(asked.text).toBe('Several accounts match. Which one?');
  const all = await mira.types('user list');
  expect(all.text).toMatch(/^alexb · .+ · Harbour Panel$/m);
  expect(all.text).toMatch(/^alexeu · .+ · Harbour Europe$/m);
  const list = await mira.types('user list', { panel: 'eu' });
  expect(list.text).not.toContain('Harbour Europe');
  expect(list.text).toContain('alexeu');
  expect(list.text).not.toContain('alexb');
});

test('what is about to be deleted is named with its panel', async () => {
  const preview = await tomasz.types('user delete', { member: alex.id, panel: 'eu', reason: 'Asked for it' });
  expect(preview.text).toMatch(/^Delete alexeu .*in Harbour Europe\?/);
});

test('a link is told with its panel', async () => {
  const found = await mira.types('link find', { member: alex.id });
  expect(found.text).toMatch(/^@alex is alexb in Harbour Panel · /m);
  expect(found.text).toMatch(/^@alex is alexeu in Harbour Europe · /m);
  expect(found.actions).toEqual(['Open card in Harbour Europe', 'Open card in Harbour Panel']);
  const removed = await mira.types('link remove', { account: 'alexeu' });
  expect(removed.text).toBe('The link of alexeu in Harbour Europe is removed.');
  const set = await mira.types('link set', { account: 'alexeu', member: alex.id });
  expect(set.text).toMatch(/^@alex is now linked to alexeu in Harbour Europe\./);
});

describe('a right on one panel', () => {
  test('neither shows nor changes the other', async () => {
    await store.sql`update grants set revoked_at = now(), revoked_by = 'test' where preset = 'accountant'`;
    await ada.types('policy grant', { who: lena.id, preset: 'accountant', panel: 'eu' });
    const where = { ...IN_STAFF, evenIfHidden: true };
    const give = (account: string) => lena.types('credits add', { account, amount: '7', reason: 'Power cut' }, where);
    expect((await give('alexeu')).text).toMatch(/^\+7 · 125 → 132/);
    for (const account of ['alexb', main.reference]) {
      expect((await give(account)).text).toMatch(/^No account was found/);
    }
    expect((await lena.types('user list', {}, where)).text).not.toContain('alexb');
    expect((await lena.types('user view', { member: alex.id }, where)).text).toContain('alexeu');
    expect(await discord.as(lena.id).autocomplete('user view', { account: 'alex' }, 'account', where)).toHaveLength(1);
    expect((await main.now()).balance?.minor).toBe(12_000n);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
