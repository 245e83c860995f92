/** The form that edits: filled in for whoever may see, taken as it comes back, and never on top of what it did not show. */
import { describe, expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';

const house = await startHouse();
const { discord, store, tomasz, mira, priya } = house;

const CHANGED = 'The account has changed since you opened this. Nothing was changed. Look at it again, then decide.';

describe('/user edit', () => {
  test('shows the address to those who may change it alone, and a new one is not verified', async () => {
    const account = await house.account('plain');
    await tomasz.types('user verify', { account: 'plain' });
    expect((await mira.types('user edit', { account: 'plain' })).fields).toEqual(['username', 'name']);
    const form = await tomasz.types('user edit', { account: 'plain' });
    expect(form.fields).toEqual(['email', 'username', 'name']);
    expect(JSON.stringify(form.form?.form)).toContain('plain@example.com');
    const done = await tomasz.sends(form, { email: 'Other@Example.com', username: 'fancy' });
    expect(done.text).toMatch(/^Edited · E-mail, Username · #\d+\nfancy/);
    expect(await account.now()).toMatchObject({ email: 'other@example.com', username: 'fancy', verified: false });
    const [audited] = await store.sql`select facts::text from audit where action = 'account.edit'`;
    expect(audited?.facts).not.toContain('example.com');
    expect((await house.auditLines()).join()).not.toContain('example.com');
  });

  test('empties what was emptied, and asks for what may not be empty', async () => {
    const account = await house.account('emptied');
    const form = await tomasz.types('user edit', { account: 'emptied' });
    expect((await tomasz.sends(form, { name: '' })).text).toMatch(/^Edited · Name/);
    expect((await account.now()).name).toBeNull();
    const again = await tomasz.types('user edit', { account: 'emptied' });
    expect((await tomasz.sends(again, { username: '' })).text).toBe('Username: this is needed. Nothing was changed.');
  });

  test('sent as it was opened changes nothing, and says so', async () => {
    await house.account('untouched');
    const form = await mira.types('user edit', { account: 'untouched' });
    expect((await mira.sends(form)).text).toBe('Everything is as you wrote it already. Nothing was changed.');
  });

  test('is refused when somebody else has changed the account meanwhile, also after a correction', async () => {
    const account = await house.account('edited');
    const form = await mira.types('user edit', { account: 'edited' });
    const mistaken = await mira.types('user edit', { account: 'edited' });
    const refused = await mira.sends(mistaken, { username: 'a b' });
    await priya.goesOn(await priya.types('user edit', { account: 'edited' }), { name: 'By Priya' });
    expect((await mira.sends(form, { name: 'By Mira' })).text).toBe(CHANGED);
    const corrected = await mira.presses(refused, 'Correct');
    expect((await mira.sends(corrected, { username: 'a-b' })).text).toBe(CHANGED);
    expect(await account.now()).toMatchObject({ name: 'By Priya', username: 'edited' });
  });

  test('to a name that is taken names the field, and can be corrected', async () => {
    await house.account('first');
    await house.account('second');
    const refused = await mira.sends(await mira.types('user edit', { account: 'second' }), { username: 'first' });
    expect(refused.text).toBe('Another account uses this username. Nothing was changed. Write another one.');
    const form = await mira.presses(refused, 'Correct');
    expect(form.text).toBe('For second\nA new e-mail is not verified until somebody verifies it.');
    expect((await mira.sends(form, { username: 'third' })).text).toMatch(/^Edited · Username · #\d+\nthird/);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
