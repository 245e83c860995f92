/** What is read: lists and pages, notes, histories, ledgers, links and the audit log, by every way to them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, ada, tomasz, mira, priya, sam, alex, jo, robin } = house;

const cardOf = ({ reference }: TestAccount) => mira.types('user view', { account: reference });

/** The lines of a page that tell of something, without its heading. */
const rows = (screen: Screen) => screen.text.split('\n').slice(1);

describe('/user list', () => {
  test('turns its pages in place, forth and back, and opens an account', async () => {
    for (let index = 10; index < 25; index += 1) await house.account(`listed-${index}`);
    const list = await mira.types('user list', { query: 'listed-' });
    expect(list.isPrivate).toBe(true);
    const first = list.text;
    expect(first).toContain('15 accounts');
    await mira.presses(list, 'Next');
    expect(list.text).toContain('listed-24');
    expect(list.text).not.toContain('listed-10');
    await mira.presses(list, 'Back');
    expect(list.text).toBe(first);
    const card = await mira.picks(list, 'Open an account…', 'listed-12');
    expect(card.text).toContain('listed-12 · Name of listed-12');
    expect(list.text).toBe(first);
  });

  test('filters by what its options say', async () => {
    const [rich, poor] = [
      await house.account('filter-rich', { credits: '900' }),
      await house.account('filter-poor', { credits: '1', member: jo.id }),
    ];
    await mira.types('user suspend', { account: poor.reference, reason: 'Spam' });
    const names = async (options: Record<string, string | boolean>) => {
      const list = await mira.types('user list', { query: 'filter-', ...options });
      return [rich, poor].map(({ username }) => username).filter((username) => list.text.includes(username));
    };
    expect(await names({})).toEqual(['filter-rich', 'filter-poor']);
    expect(await names({ status: 'suspended' })).toEqual(['filter-poor']);
    expect(await names({ status: 'active' })).toEqual(['filter-rich']);
    expect(await names({ linked: true })).toEqual(['filter-poor']);
    expect(await names({ linked: false })).toEqual(['filter-rich']);
    expect(await names({ verified: true })).toEqual([]);
    expect(await names({ role: 'reseller' })).toEqual([]);
    const sorted = await mira.types('user list', { query: 'filter-', sort: 'balance' });
    expect(sorted.text.indexOf('filter-rich')).toBeLessThan(sorted.text.indexOf('filter-poor'));
  });

  test('of nothing says how to search', async () => {
    expect((await mira.types('user list', { query: 'nobody-at-all' })).text).toMatch(/^No account matches\. Search by/);
  });
});

describe('notes', () => {
  test('are asked for on the card, written in a form, counted, and withdrawn by who wrote them', async () => {
    const account = await house.account('noted');
    const none = await mira.presses(await cardOf(account), 'Notes');
    expect(none.text).toBe('Notes on noted · Name of noted\nNobody has left a note yet.');
    const form = await mira.presses(none, 'Add a note');
    const noted = await mira.sends(form, { text: 'Called twice **about** the bill' });
    expect(noted.text).toContain('Called twice **about** the bill\n@mira · ‹when›');
    expect(noted.isPrivate).toBe(true);
    expect((await cardOf(account)).actions).toContain('Notes (1)');

    const seen = await sam.types('user note', { account: 'noted' });
    expect(seen.actions).toEqual(['Add a note']);
    const withdrawn = await mira.presses(noted, 'Withdraw');
    expect(withdrawn.text).toContain('withdrawn by @mira ‹when›');
    expect(withdrawn.source).toContain('~~Called twice');
    expect(withdrawn.actions).toEqual(['Add a note']);
    expect((await cardOf(account)).actions).toContain('Notes');
    expect(await store.sql`select action from audit where account_id = ${account.id} order by id`).toEqual([
      { action: 'note.add' },
      { action: 'note.withdraw' },
    ]);
  });

  test('fill pages that turn, and Withdraw takes the one beside it', async () => {
    const account = await house.account('much-noted');
    for (let index = 1; index <= 8; index += 1)
      await mira.types('user note', { account: 'much-noted', text: `Note ${index}.` });
    const notes = await mira.types('user note', { account: account.reference });
    expect(notes.text).toContain('Note 8.');
    expect(notes.text).not.toContain('Note 2.');
    await mira.presses(notes, 'Next');
    expect(notes.text).toContain('Note 2.');
    await mira.presses(notes, 'Back');
    await mira.presses(notes, 'Withdraw');
    expect(
      await store.sql`select text from notes where withdrawn_at is not null and account_id = ${account.id}`,
    ).toEqual([{ text: 'Note 8.' }]);
  });
});

describe('a history and a ledger', () => {
  test('tell who did what, when and why, forth and back, and what others moved', async () => {
    const account = await house.account('storied');
    for (let amount = 1; amount <= 12; amount += 1) {
      await tomasz.types('credits add', { account: 'storied', amount: String(amount), reason: `Reason ${amount}` });
    }
    await store.sql`update builtin_accounts set balance_minor = balance_minor - 5000 where id = ${account.id}`;
    await mira.types('user suspend', { account: 'storied', reason: 'Spam' });
    const card = await cardOf(account);

    const history = await mira.presses(card, 'History');
    const newest = history.text;
    expect(rows(history)[0]).toMatch(/^Suspended · Spam · @mira · ‹when› · #\d+$/);
    await mira.presses(history, 'Older');
    expect(history.text).toContain('+1 · Reason 1 · @tomasz');
    await mira.presses(history, 'Newer');
    expect(history.text).toBe(newest);

    const credits = await mira.types('credits view', { account: 'storied' });
    expect(credits.text).toMatch(/^Credits of storied.*\nBalance 148 credits\n.*24 hours: \+78\n/);
    expect(credits.text).toContain('−50 → 148 · outside Steward');
    const ledger = await mira.presses(credits, 'Whole ledger');
    await mira.presses(ledger, 'Older');
    expect(ledger.text).toContain('+1 → 121 · Reason 1');
    expect((await mira.presses(card, 'Ledger')).text).toMatch(/^Ledger of storied/);
  });

  test('of a fresh account say so', async () => {
    const account = await house.account('untold', { credits: '0' });
    expect((await mira.types('user history', { account: account.reference })).text).toContain(
      'Nothing was done to this account through Steward yet.',
    );
    expect((await mira.types('credits history', { account: account.reference })).text).toContain(
      'No credits have moved here yet.',
    );
  });
});

describe('links', () => {
  beforeAll(async () => {
    await house.account('taken-one', { member: alex.id });
    await house.account('free-one');
  });

  test('are set by command, by form and on the card, told as unproven, found, and removed', async () => {
    const account = await house.account('linkable');
    const set = await mira.types('link set', { account: 'linkable', member: robin.id });
    expect(set.text).toMatch(/^@robin is now linked to linkable\.\nLinked by staff: nothing proves/);
    expect(set.isPrivate).toBe(false);
    for (const options of [{ member: robin.id }, { account: 'linkable' }]) {
      expect((await sam.types('link find', options)).text).toMatch(
        /@robin is linkable · linked by staff, unproven · by @mira · ‹when›/,
      );
    }
    const removed = await mira.presses(await cardOf(account), 'Remove link');
    expect(removed.text).toBe('The link of linkable is removed.');
    expect((await sam.types('link find', { member: robin.id })).text).toContain('There is no link.');
    const form = await mira.presses(await cardOf(account), 'Link to a member…');
    expect((await mira.sends(form, { member: [robin.id] })).text).toMatch(/^@robin is now linked to linkable/);
    expect(await store.sql`select action from audit where account_id = ${account.id} order by id`).toEqual(
      ['link.set', 'link.remove', 'link.set'].map((action) => ({ action })),
    );
  });

  test('are offered where a member has none', async () => {
    await house.account('waiting');
    const unlinked = await mira.types('user view', { member: priya.id });
    const form = await mira.presses(unlinked, 'Link to…');
    expect((await mira.sends(form, { account: 'waiting' })).text).toMatch(/^@priya_n is now linked to waiting/);
  });

  test.each([
    [
      'of an account that has one',
      { member: sam.id, account: 'taken-one' },
      'This account is linked to another member. Nothing was changed. Remove that link first: `/link remove`.',
    ],
    [
      'of a member who has one',
      { member: alex.id, account: 'free-one' },
      'This member is linked to another account in Harbour Panel. Nothing was changed. Remove that link first: `/link remove`.',
    ],
    [
      'of one’s own',
      { member: mira.id, account: 'free-one' },
      'You cannot set or remove your own link. Nothing was changed. Someone else of the team has to do it.',
    ],
  ])('%s are not set', async (_what, options, sentence) => {
    expect((await mira.types('link set', options)).text).toBe(sentence);
  });
});

describe('/audit search', () => {
  test('finds by account, actor, action, day and outcome, and turns its pages', async () => {
    const account = await house.account('audited');
    for (let amount = 1; amount <= 12; amount += 1) {
      await ada.types('credits add', { account: 'audited', amount: String(amount), reason: 'Audit' });
    }
    await mira.types('user suspend', { account: 'audited', reason: 'Audit' });
    const search = (options: Record<string, string>) =>
      mira.types('audit search', { account: account.reference, ...options });
    const all = await search({});
    expect(rows(all)[0]).toMatch(/^Suspended · audited · by @mira · ‹when› · #\d+$/);
    await mira.presses(all, 'Older');
    await mira.presses(all, 'Newer');
    expect(rows(all)[0]).toMatch(/^Suspended/);
    expect(rows(await search({ actor: mira.id }))).toHaveLength(1);
    expect(rows(await search({ action: 'account.suspend' }))).toHaveLength(1);
    expect((await search({ outcome: 'failed' })).text).toContain('Nothing was recorded that matches.');
    expect((await search({ to: '2020-01-01' })).text).toContain('Nothing was recorded that matches.');
    expect(rows(await search({ from: '2020-01-01', actor: mira.id }))).toHaveLength(1);
    expect((await search({ from: '31.12.2026' })).text).toBe(
      'From: Write a day as year, month and day: 2026-03-01. Nothing was changed.',
    );
    for (const from of ['2026-02-31', '0000-01-01']) {
      expect((await search({ from })).text).toMatch(/^From: Write a day/);
    }
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
