/** Two panels that differ in what they can do, in what accounts are made of, and in their units: each is asked what it has, and no more. */
import { describe, expect, test } from 'vitest';
import { parseReference } from '../../src/domain/account.ts';
import { createTestPanel } from '../harness/test-panel.ts';
import { startHouse } from './fixtures/house.ts';
import { IN_DM, IN_STAFF } from './fixtures/people.ts';

const games = createTestPanel({
  id: 'games',
  label: 'Game panel',
  unit: { code: 'gems', scale: 0 },
  abilities: ['create', 'edit', 'suspension', 'receipts'],
  missing: { credits: 'Game panels have no credits.', roles: 'Roles of game panels are set in their settings.' },
  names: 'parts',
});
const house = await startHouse({ beside: games });
const { discord, store, services, ada, tomasz, mira, lena, sam, alex, jo, robin } = house;

const main = await house.account('alexmain', { member: alex.id });
const game = games.add({ email: 'alex@example.com', username: 'alexgame', details: { firstName: 'Alex' } });
const alone = games.add({ email: 'jo@example.com', username: 'jogame' });
const link = (accountId: string, userId: string) => store.sql`
  insert into links (panel, account_id, user_id, proof, created_by) values ('games', ${accountId}, ${userId}, 'panel', ${ada.id})`;
await link(game.id, alex.id);
await link(alone.id, jo.id);
await ada.types('user view', { account: 'alexgame' });
await ada.types('user view', { account: 'jogame' });

describe('who has an account in each', () => {
  test('is asked which for what both can do, with the panel that was named gone to at once', async () => {
    const asked = await mira.rightClicks('Suspend account', alex.id);
    expect(asked.text).toBe('Several accounts match. Which one?');
    const form = await mira.picks(asked, 'Choose an account…', 'alexgame');
    expect(form.text).toContain('alexgame');
    const card = await sam.types('user view', { member: alex.id, panel: 'games' });
    expect(card.text).toContain('alexgame');
    expect((await sam.types('user view', { member: alex.id, panel: 'main' })).text).toContain('alexmain');
    const wrong = await sam.types('user view', { member: alex.id, panel: 'moon' });
    expect(wrong.text).toMatch(/^No panel called “moon” is connected/);
  });

  test('is not asked for what only one of them can do', async () => {
    const form = await mira.rightClicks('Give credits', alex.id);
    expect(form.text).toBe('For alexmain (@alex) in Harbour Panel');
    const given = await mira.sends(form, { amount: '5', reason: 'Power cut' });
    expect(given.text).toMatch(/^\+5 · 120 → 125/);
    expect((await main.now()).balance?.minor).toBe(12_500n);
    expect((await alex.types('account credits', {}, IN_DM)).text).toContain('125');
  });

  test('is asked which of their own, and shown it when they name the panel', async () => {
    const asked = await alex.types('account view', {}, IN_DM);
    expect(asked.actions).toEqual(['Harbour Panel', 'Game panel']);
    expect((await alex.presses(asked, 'Game panel')).text).toContain('alexgame');
    expect((await alex.types('account view', { panel: 'main' }, IN_DM)).text).toContain('alexmain');
    expect((await robin.types('account view', { panel: 'games' }, IN_DM)).text).toMatch(/^No account is linked to you/);
  });
});

describe('what a panel cannot do', () => {
  test('is not offered on its cards', async () => {
    const card = await tomasz.types('user view', { account: `games/${game.id}` });
    expect(card.actions).toEqual(expect.arrayContaining(['Suspend', 'Edit', 'Notes', 'History']));
    for (const action of ['Give credits', 'Take credits', 'Ledger', 'Change role', 'Delete…', 'New password…']) {
      expect(card.actions).not.toContain(action);
    }
  });

  test('is said in words with the panel’s own reason, and states nothing', async () => {
    const [before] = await store.sql`select count(*) from operations`;
    const account = `games/${game.id}`;
    const credits = await mira.types('credits add', { account, amount: '5', reason: 'Power cut' });
    expect(credits.text).toBe('Game panel cannot keep credits. Nothing was changed. Game panels have no credits.');
    const role = await tomasz.types('user role', { account, change: 'add', role: 'partner' });
    expect(role.text).toBe(
      'Game panel cannot change roles. Nothing was changed. Roles of game panels are set in their settings.',
    );
    const verify = await tomasz.types('user verify', { account });
    expect(verify.text).toBe(
      'Game panel cannot mark e-mail addresses as verified. Nothing was changed. Do this in the panel itself.',
    );
    expect((await jo.types('account credits', {}, IN_DM)).text).toMatch(/^Game panel cannot keep credits/);
    expect(await store.sql`select count(*) from operations`).toEqual([before]);
  });
});

describe('accounts are made of what their panel asks', () => {
  test('a form asks what the panel needs first, and at most five things', async () => {
    const asked = await tomasz.types('user create', { email: 'new@example.com', username: 'newgamer' });
    expect(asked.actions).toEqual(['Harbour Panel', 'Game panel']);
    const form = await tomasz.presses(asked, 'Game panel');
    expect(form.fields).toEqual(['first_name', 'last_name', 'language', 'role', 'credits']);
    const whole = await tomasz.presses(asked, 'Harbour Panel');
    expect(whole.fields).toEqual(['name', 'role', 'credits']);
    const member = await tomasz.types('user create', { panel: 'games', member: robin.id, email: 'm@example.com' });
    expect(member.fields).toEqual(['username', 'first_name', 'last_name', 'language']);
  });

  test('what was left out and is needed is asked in a form that is filled in', async () => {
    const given = { email: 'zoe@example.com', username: 'zoegame', panel: 'games', language: 'de' };
    const refused = await tomasz.types('user create', given);
    expect(refused.text).toMatch(/^First name: this is needed\./);
    const form = await tomasz.presses(refused, 'Correct');
    expect(form.fields).toEqual(['email', 'username', 'first_name', 'last_name', 'language']);
    const made = await tomasz.sends(form, { first_name: 'Zoe', last_name: 'Ash' });
    expect(made.text).toMatch(/^Created · #\d+\nzoegame/);
    const [row] = await store.sql<
      { account_id: string }[]
    >`select account_id from directory where username = 'zoegame'`;
    expect(games.read(row?.account_id ?? '').details).toMatchObject({
      firstName: 'Zoe',
      lastName: 'Ash',
      language: 'de',
    });
  });

  test('what the panel has no place for is refused in words, never left out in silence', async () => {
    const given = { email: 'q@example.com', username: 'quiet', first_name: 'Q', panel: 'main' };
    expect((await tomasz.types('user create', given)).text).toBe(
      'Accounts in Harbour Panel have no field “First name”. Nothing was changed. Leave it out.',
    );
    const withName = { ...given, first_name: 'Q', last_name: 'T', name: 'Q T', panel: 'games' };
    expect((await tomasz.types('user create', withName)).text).toMatch(/^Accounts in Game panel have no field “Name”/);
  });

  test('an edit shows and changes the fields of that panel', async () => {
    const form = await tomasz.types('user edit', { account: `games/${game.id}` });
    expect(form.fields).toEqual(['email', 'username', 'first_name', 'last_name', 'language']);
    const edited = await tomasz.sends(form, { last_name: 'Morgan', language: 'fr' });
    expect(edited.text).toMatch(/^Edited/);
    expect(games.read(game.id).details).toMatchObject({ firstName: 'Alex', lastName: 'Morgan', language: 'fr' });
    expect((await tomasz.types('user view', { account: `games/${game.id}` })).text).toMatch(/Language.*fr/);
    expect((await tomasz.types('user edit', { account: main.reference })).fields).toEqual([
      'email',
      'username',
      'name',
    ]);
  });
});

describe('rights', () => {
  test('on one panel find, list, complete and record nothing of the other', async () => {
    await store.sql`update grants set revoked_at = now(), revoked_by = 'test' where preset = 'accountant'`;
    const granted = await ada.types('policy grant', { who: lena.id, preset: 'moderator', panel: 'games' });
    expect(granted.text).toContain('Game panel');
    const where = { ...IN_STAFF, evenIfHidden: true };
    const card = await lena.types('user view', { member: alex.id }, where);
    expect(card.text).toContain('alexgame');
    expect((await lena.types('user list', { panel: 'main' }, where)).text).not.toContain('alexmain');
    const choices = await discord.as(lena.id).autocomplete('user view', { account: 'alex' }, 'account', where);
    expect(choices.map(({ value }) => parseReference(String(value))?.panel)).toEqual(['games']);
    expect((await lena.types('user view', { account: main.reference }, where)).text).toMatch(/^No account was found/);
  });

  test('to create in one panel alone goes there without a question', async () => {
    await ada.types('policy grant', { who: sam.id, permission: 'accounts.create', panel: 'games' });
    const given = { email: 'sams@example.com', username: 'samsgame', first_name: 'S', last_name: 'M' };
    const made = await sam.types('user create', given, { ...IN_STAFF, evenIfHidden: true });
    expect(made.text).toMatch(/^Created · #\d+\nsamsgame/);
    expect(services.panels.get('games').create).toBeDefined();
  });

  test('the record can be searched of one panel', async () => {
    const ofMain = await ada.types('audit search', { panel: 'main' });
    const ofGames = await ada.types('audit search', { panel: 'games' });
    expect(ofMain.text).toMatch(/^Audit log\n\+5 · /);
    expect(ofMain.text).not.toContain('Edited');
    expect(ofGames.text).toContain('Edited');
    expect(ofGames.text).not.toContain('+5');
  });
});

test('completion of accounts keeps to the panel that was named', async () => {
  const complete = (panel?: string) =>
    discord.as(ada.id).autocomplete('user view', { account: 'alex', ...(panel ? { panel } : {}) }, 'account');
  expect(await complete()).toHaveLength(2);
  expect((await complete('games')).map(({ name }) => name)).toEqual([expect.stringContaining('Game panel')]);
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
