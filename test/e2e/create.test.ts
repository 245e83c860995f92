/** The two beginnings: a right-click on a member, and an account for whoever has none. */
import { describe, expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';

const house = await startHouse();
const { discord, store, tomasz } = house;

describe('a right-click', () => {
  test('on Alex gives credits to their account', async () => {
    const account = await house.account('alexb', { member: house.alex.id });
    const form = await tomasz.rightClicks('Give credits', house.alex.id);
    expect(form.text).toBe('For alexb (@alex)');
    const answer = await tomasz.sends(form, { amount: '50', reason: 'Power cut' });
    expect(answer.text).toMatch(/^\+50 · 120 → 170 · Power cut · #\d+\nalexb · @alex · by @tomasz$/);
    expect((await account.now()).balance?.minor).toBe(17_000n);
  });

  test('on Jo suspends their account', async () => {
    const account = await house.account('joh', { member: house.jo.id });
    const form = await tomasz.rightClicks('Suspend account', house.jo.id);
    const answer = await tomasz.sends(form, { reason: 'Spam' });
    expect(answer.text).toMatch(/^Suspended · Spam · #\d+/);
    expect((await account.now()).status).toBe('suspended');
  });

  test('on somebody shows their card', async () => {
    const card = await tomasz.rightClicks('View account', house.alex.id);
    expect(card.text).toMatch(/^Active\nalexb · Name of alexb\n/);
    expect(card.isPrivate).toBe(true);
  });
});

describe('/user create', () => {
  const line = (username: string) => new RegExp(`^#\\d+ · @tomasz · .+ · ${username}`);

  test('typed whole makes the account, links it, and starts it with credits', async () => {
    const given = { email: 'New@Example.com', username: 'newcomer', name: 'New Comer', role: 'reseller', credits: '5' };
    const answer = await tomasz.types('user create', { ...given, member: house.robin.id });
    expect(answer.text).toMatch(/^Created · 5 to start with · #\d+\nnewcomer · @robin · by @tomasz$/);
    const card = await tomasz.types('user view', { member: house.robin.id });
    expect(card.text).toContain('newcomer · New Comer');
    expect(card.text).toMatch(/Balance\W+5 credits/);
    expect((await house.auditLines()).at(-1)).toMatch(line('newcomer'));
    expect(await store.sql`select from ledger where balance_minor = 500`).toHaveLength(1);
  });

  test('asked for in a form makes it, too', async () => {
    const form = await tomasz.types('user create');
    expect(form.fields).toEqual(['email', 'username', 'name', 'role', 'credits']);
    const answer = await tomasz.sends(form, { email: 'second@example.com', username: 'second' });
    expect(answer.text).toMatch(/^Created · #\d+\nsecond/);
    expect((await house.auditLines()).at(-1)).toMatch(line('second'));
  });

  test('is offered for a member without an account', async () => {
    const card = await tomasz.rightClicks('View account', house.priya.id);
    expect(card.actions).toEqual(['Link to…', 'Create account']);
    const form = await tomasz.presses(card, 'Create account');
    expect(form.text).toBe('For @priya_n');
    const answer = await tomasz.sends(form, { email: 'priya@example.com', username: 'priya' });
    expect(answer.text).toMatch(/^Created · #\d+\npriya · @priya_n · by @tomasz$/);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
