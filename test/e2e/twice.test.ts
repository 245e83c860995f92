/** What is done twice, late, or by two people at once: it happens once, and each of them reads what came of it. */
import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { posted } from './fixtures/posted.ts';

const house = await startHouse();
const { discord, store, ada, tomasz, mira, priya, alex, jo } = house;

const give = (person: typeof mira, account: TestAccount, amount = '5') =>
  person.types('credits add', { account: account.reference, amount, reason: 'Power cut' });

const credits = async (account: TestAccount) => Number((await account.now()).balance?.minor) / 100;

/** Makes the buttons that were shown last ones for whoever holds a permission. */
const forAll = (permission: string) => store.sql`
  update component_state set audience = ${`permission:${permission}`}
  where key = (select key from component_state order by created_at desc limit 1)`;

describe('done already', () => {
  test.each([
    [
      'user suspend',
      { reason: 'Spam' },
      'This account is suspended already. Nothing was changed. Its card says by whom and why.',
    ],
    ['user verify', {}, 'This account’s e-mail address is verified already. Nothing was changed.'],
    [
      'user role',
      { change: 'add', role: 'reseller' },
      'The account has the role reseller already. Nothing was changed.',
    ],
  ])('/%s says so the second time', async (command, given, sentence) => {
    const account = await house.account(`done-${command.replace(' ', '-')}`);
    const run = () => tomasz.types(command, { account: account.reference, ...given });
    expect((await run()).isPrivate).toBe(false);
    const changed = await house.changedBy(async () => {
      const again = await run();
      expect(again.text).toBe(sentence);
      expect(again.isPrivate).toBe(true);
    });
    expect(changed).toEqual({});
  });

  test.each([
    ['user unsuspend', {}, 'This account is not suspended. Nothing was changed.'],
    ['user restore', {}, 'This account is not deleted. Nothing was changed.'],
    [
      'user role',
      { change: 'remove', role: 'reseller' },
      'The account does not have the role reseller. Nothing was changed.',
    ],
    ['link remove', {}, 'There is no link to remove. Nothing was changed.'],
  ])('/%s has nothing to undo on a fresh account', async (command, given, sentence) => {
    const account = await house.account(`fresh-${command.replace(' ', '-')}`);
    expect((await tomasz.types(command, { account: account.reference, ...given })).text).toBe(sentence);
  });

  test('a deleted account is neither deleted again nor touched, and its card says how to get it back', async () => {
    await house.set('graceHours', 0);
    const account = await house.account('goner');
    const preview = await tomasz.types('user delete', { account: 'goner', reason: 'They asked for it' });
    expect((await tomasz.goesOn(preview, { username: 'goner' })).text).toMatch(/^Deleted/);
    const deleted = 'This account is deleted. Nothing was changed. Restore it first, if it is to be used again.';
    expect((await tomasz.types('user delete', { account: account.reference, reason: 'Again' })).text).toBe(deleted);
    expect((await give(tomasz, account)).text).toBe(deleted);
    const late = await tomasz.presses(preview, 'Delete…');
    expect((await tomasz.sends(late, { username: 'goner' })).text).toBe(deleted);
    const card = await tomasz.types('user view', { account: account.reference });
    expect(card.text).toMatch(/^Deleted/);
    expect(card.actions).toContain('Restore');
    expect(card.actions).not.toContain('Give credits');
  });
});

describe('credits given again', () => {
  test('are asked for first, and given once however often the answer is pressed', async () => {
    const account = await house.account('again');
    const first = await give(ada, account);
    const asked = await give(mira, account);
    expect(asked.isPrivate).toBe(true);
    expect(asked.text).toContain('@ada');
    expect(asked.text).toContain(first.text.match(/#\d+/)?.[0]);
    expect(asked.actions).toEqual(['Do it anyway', 'Leave it']);
    const answers = await Promise.all([mira.presses(asked, 'Do it anyway'), mira.presses(asked, 'Do it anyway')]);
    expect(await credits(account)).toBe(130);
    const used = 'This was pressed already. Once is enough: look again to see what came of it.';
    expect(answers.map(({ text }) => text).filter((text) => text === used)).toHaveLength(1);
    expect((await mira.presses(asked, 'Leave it')).text).toBe(used);
  });

  test('are left when they are left, and not given after that', async () => {
    const account = await house.account('left');
    await give(ada, account);
    const asked = await give(mira, account);
    await mira.presses(asked, 'Leave it');
    expect(asked.text).toBe('Left as it is. Nothing was changed.');
    expect(asked.actions).toEqual([]);
    expect(await credits(account)).toBe(125);
  });

  test('in another amount, or by another verb, are no repeat', async () => {
    const account = await house.account('other');
    await give(ada, account);
    expect((await give(mira, account, '6')).text).toMatch(/^\+6 · 125 → 131/);
    const taken = await tomasz.types('credits remove', { account: 'other', amount: '5', reason: 'Refund' });
    expect(taken.text).toMatch(/^−5 · 131 → 126/);
  });
});

describe('a button', () => {
  test('of somebody else does nothing for others', async () => {
    const account = await house.account('foreign');
    await give(ada, account);
    const asked = await posted(discord, await give(mira, account), CHANNEL_IDS.staff);
    const refused = await priya.presses(asked, 'Do it anyway');
    expect(refused.text).toBe(
      'This was shown to @mira and is theirs to press. Nothing was changed. Run the command yourself.',
    );
    expect(await credits(account)).toBe(125);
    await mira.presses(asked, 'Do it anyway');
    expect(await credits(account)).toBe(130);
  });

  test('that two people may press acts once, and tells the other', async () => {
    const account = await house.account('shared');
    await give(ada, account);
    const asked = await posted(discord, await give(mira, account), CHANNEL_IDS.staff);
    await forAll('credits.grant');
    const answers = await Promise.all([mira, priya].map((person) => person.presses(asked, 'Do it anyway')));
    expect(await credits(account)).toBe(130);
    expect(answers.map(({ text }) => text.split(' ')[0]).sort()).toEqual(['+5', 'This']);
  });

  test('under a public outcome opens a card for each who may, with what that one may do', async () => {
    const account = await house.account('opened', { member: alex.id });
    const done = await give(ada, account);
    const [his, hers] = await Promise.all([house.sam.presses(done, 'Open card'), tomasz.presses(done, 'Open card')]);
    expect([his.isPrivate, hers.isPrivate]).toEqual([true, true]);
    expect(his.actions).not.toContain('Give credits');
    expect(hers.actions).toContain('Give credits');
  });

  test('of more than a day ago asks for the command to be run again', async () => {
    const account = await house.account('aged');
    const card = await mira.types('user view', { account: 'aged' });
    await store.sql`update component_state set expires_at = now() - interval '1 minute'`;
    expect((await mira.presses(card, 'Suspend')).text).toBe(
      'This is too old to be pressed. Nothing was changed. Run the command again to act on what is true now.',
    );
    await store.sql`delete from component_state`;
    expect((await mira.presses(card, 'Suspend')).text).toBe(
      'This button is no longer in use. Nothing was changed. Run the command again.',
    );
    expect((await account.now()).status).toBe('active');
  });
});

describe('a form', () => {
  test('sent after somebody else did it says so', async () => {
    const account = await house.account('raced');
    const forms = await Promise.all([mira, priya].map((person) => person.types('user suspend', { account: 'raced' })));
    const [first, second] = forms;
    if (!first || !second) throw new Error('no forms');
    const answers = await Promise.all([
      mira.sends(first, { reason: 'Spam' }),
      priya.sends(second, { reason: 'Fraud' }),
    ]);
    expect(answers.map(({ text }) => text.split(' ')[0]).sort()).toEqual(['Suspended', 'This']);
    expect(await store.sql`select from operations where account_id = ${account.id}`).toHaveLength(1);
  });

  test('sent twice acts once, and both times gives the same answer', async () => {
    const account = await house.account('sent-twice');
    const form = await mira.types('credits add', { account: 'sent-twice' });
    const fill = () => mira.sends(form, { amount: '7', reason: 'Power cut' });
    const answers = await Promise.all([fill(), fill()]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await credits(account)).toBe(127);
  });

  test('opened for the account of a member is not sent to another one that they are linked to by then', async () => {
    const meant = await house.account('meant', { member: jo.id });
    const form = await mira.rightClicks('Give credits', jo.id);
    expect(form.text).toBe('For meant (@jo)');
    await ada.types('link remove', { account: 'meant' });
    const other = await house.account('other-one', { member: jo.id });
    const answer = await mira.sends(form, { amount: '7', reason: 'Power cut' });
    expect(answer.text).toMatch(/Nothing was changed/);
    expect([await credits(meant), await credits(other)]).toEqual([120, 120]);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
