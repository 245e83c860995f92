/** Taking back what was done: by whom, for how long, and never when the world has moved on. */
import { describe, expect, test } from 'vitest';
import type { OptionValues } from '../../sandbox/discord/person/person.ts';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import type { Account } from '../../src/domain/account.ts';
import { harmless } from './fixtures/harmless.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { IN_STAFF, type Someone } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, ada, tomasz, mira, priya, lena, sam, alex } = house;
/** Discord hides the commands from some who may use them. */
const ANYONE = { ...IN_STAFF, evenIfHidden: true };

const give = (person: Someone, account: TestAccount, amount = '50') =>
  person.types('credits add', { account: account.reference, amount, reason: 'Power cut' });
const suspend = (person: Someone, account: TestAccount) =>
  person.types('user suspend', { account: account.reference, reason: 'Chargeback' });
const undo = (person: Someone, number: number) => person.types('undo', { operation: `#${number}` }, ANYONE);
const balance = async (account: TestAccount) => Number((await account.now()).balance?.minor) / 100;
const numberOf = ({ text }: Screen) => Number(text.match(/#(\d+)\n/)?.[1]);

/** Makes it look as if it had been done so many minutes before. */
const age = (number: number, minutes: number) => store.sql`
  update operations set ended_at = now() - make_interval(mins => ${minutes}) where number = ${number}`;

describe('by whoever did it', () => {
  interface Deed {
    readonly command: string;
    readonly given: OptionValues;
    /** What is asked beside it. */
    readonly asked?: Record<string, string>;
    readonly before?: (account: TestAccount) => Promise<unknown>;
    /** The answer to taking it back, up to what it names. */
    readonly says: string;
    readonly becomes: Partial<Account>;
  }
  const DEEDS: readonly Deed[] = [
    { command: 'credits add', given: { amount: '50', reason: 'x' }, says: '−50 · 170 → 120', becomes: {} },
    { command: 'credits remove', given: { amount: '20', reason: 'x' }, says: '+20 · 100 → 120', becomes: {} },
    { command: 'credits set', given: { amount: '500', reason: 'x' }, says: '−380 · 500 → 120', becomes: {} },
    { command: 'credits set', given: { amount: '0', reason: 'x' }, says: '+120 · 0 → 120', becomes: {} },
    {
      command: 'user suspend',
      given: { reason: 'x', duration: '7d' },
      says: 'Suspension lifted',
      becomes: { status: 'active' },
    },
    {
      command: 'user role',
      given: { change: 'set', role: 'reseller' },
      says: 'Roles changed · customer',
      becomes: { roles: ['customer'] },
    },
    {
      command: 'user edit',
      given: {},
      asked: { email: 'new-address@example.com', name: 'New Name' },
      says: 'Edited · E-mail',
      becomes: { name: 'New Name' },
    },
    {
      command: 'user delete',
      given: { reason: 'x' },
      says: 'Deletion called off',
      becomes: { status: 'active' },
    },
    {
      command: 'user delete',
      given: { reason: 'x' },
      before: (account) => suspend(ada, account),
      says: 'Deletion called off',
      becomes: { status: 'suspended' },
    },
  ];

  test.each(DEEDS.map((deed) => [deed.command, deed.says, deed] as const))(
    'takes back %s with the button below the answer: %s',
    async (command, _says, { given, asked, before, says, becomes }) => {
      const account = await house.customer();
      await before?.(account);
      const email = (await account.now()).email;
      const first = await tomasz.types(command, { account: account.reference, ...given });
      const done = await tomasz.goesOn(first, { username: account.username, ...asked });
      const number = numberOf(done);
      await house.bringNotices();

      const back = await tomasz.presses(done, 'Undo');
      const [line, whose] = back.text.split('\n');
      expect(line).toMatch(new RegExp(`^${says.replaceAll('+', '\\+')} · takes back #${number} · #\\d+$`));
      expect(whose).toContain('by @tomasz');
      expect(back.isPrivate).toBe(false);
      expect(back.actions).toEqual(['Open card']);
      expect(await account.now()).toMatchObject({ email, ...becomes });
      expect(await balance(account)).toBe(120);

      const lines = await house.auditLines();
      expect(lines.find((each) => each.startsWith(`#${number} `))).toContain(
        `taken back by @tomasz (#${numberOf(back)})`,
      );
      expect(lines.at(-1)).toMatch(new RegExp(`^#${numberOf(back)} · @tomasz · .*takes back #${number}`));
    },
  );

  test('works from the line in the audit channel, which then says so and has no button any more', async () => {
    const account = await house.customer();
    const number = numberOf(await give(mira, account));
    const line = await house.lastIn(CHANNEL_IDS.staffAudit);
    expect(line.actions).toEqual(['Undo']);
    const back = await mira.presses(line, 'Undo');
    expect(back.text).toMatch(new RegExp(`^−50 · 170 → 120 · takes back #${number} · #\\d+\n`));
    expect(back.isPrivate).toBe(true);
    await house.bringNotices();
    expect(line.text).toMatch(new RegExp(`^#${number} · .*taken back by @mira \\(#\\d+\\)$`));
    expect(line.actions).toEqual([]);
  });

  test('is offered by its number while typing, and asked for where it is missing', async () => {
    const account = await house.customer();
    const number = numberOf(await give(mira, account));
    const choices = await discord.as(mira.id).autocomplete('undo', { operation: '' }, 'operation', IN_STAFF);
    expect(choices[0]?.value).toBe(`#${number}`);
    const form = await mira.types('undo');
    expect((await mira.sends(form, { operation: String(number) })).text).toMatch(/^−50/);
  });

  test('needs the right to the deed still', async () => {
    const account = await house.customer();
    await house.give({ user: sam.id, permission: 'credits.grant' });
    const number = numberOf(await give(sam, account));
    await store.sql`
      update grants set revoked_at = now(), revoked_by = 'test' where subject_id = ${sam.id} and permission = 'credits.grant'`;
    await house.services.policy.refresh();
    expect((await harmless(house, [account], () => undo(sam, number))).text).toMatch(/^You may not give credits\./);
  });
});

describe('by somebody else', () => {
  test('takes the right to the opposite', async () => {
    const account = await house.customer();
    const done = await give(mira, account);
    const number = numberOf(done);
    expect((await harmless(house, [account], () => priya.presses(done, 'Undo'))).text).toMatch(
      /^You may not take credits away\./,
    );
    expect((await harmless(house, [account], () => sam.presses(done, 'Undo'))).text).toMatch(/^You may not/);
    expect((await undo(lena, number)).text).toMatch(new RegExp(`^−50 · 170 → 120 · takes back #${number}`));
  });

  test.each([
    ['a suspension', 'user suspend', { reason: 'x' }, [priya], [sam]],
    ['a change of roles', 'user role', { change: 'set', role: 'reseller' }, [ada], [lena, mira]],
    ['a deletion that is scheduled', 'user delete', { reason: 'x' }, [ada], [lena, mira]],
    ['a deduction', 'credits remove', { amount: '20', reason: 'x' }, [mira], [sam]],
  ] as const)('takes it for %s, too', async (_what, command, given, may, mayNot) => {
    const account = await house.customer();
    const first = await tomasz.types(command, { account: account.reference, ...given });
    const number = numberOf(await tomasz.goesOn(first, { username: account.username }));
    for (const person of mayNot)
      expect((await harmless(house, [account], () => undo(person, number))).text).toMatch(/^You may not/);
    for (const person of may) expect((await undo(person, number)).text).toContain(`takes back #${number}`);
  });

  test('is never done to one’s own account', async () => {
    const account = await house.customer({ member: lena.id });
    const done = await give(tomasz, account);
    expect((await harmless(house, [account], () => undo(lena, numberOf(done)))).text).toMatch(
      /^This account is your own, or was\./,
    );
  });
});

describe('the window', () => {
  test('closes, and the answer says so', async () => {
    const account = await house.customer();
    const done = await give(mira, account);
    await age(numberOf(done), 14);
    await give(mira, account, '7');
    await age(numberOf(done), 16);
    expect((await harmless(house, [account], () => undo(mira, numberOf(done)))).text).toBe(
      `#${numberOf(done)} could be taken back for 15 minutes, and that is over. Nothing was changed. Do the opposite where there is one.`,
    );
    expect((await mira.presses(done, 'Undo')).text).toMatch(/could be taken back for 15 minutes/);
  });

  test('is open until its last minute', async () => {
    const account = await house.customer();
    const number = numberOf(await give(mira, account));
    await age(number, 14);
    expect((await undo(mira, number)).text).toMatch(/^−50/);
  });

  test('of an e-mail address is a day', async () => {
    const account = await house.customer();
    const edit = async (email: string) =>
      numberOf(await tomasz.sends(await tomasz.types('user edit', { account: account.reference }), { email }));
    const first = await edit('first@example.com');
    await age(first, 23 * 60);
    expect((await undo(tomasz, first)).text).toMatch(/^Edited · E-mail · takes back/);
    expect((await account.now()).email).toBe(`${account.username}@example.com`);
    const second = await edit('second@example.com');
    await age(second, 25 * 60);
    expect((await harmless(house, [account], () => undo(tomasz, second))).text).toContain(
      'could be taken back for 1 day, and that is over',
    );
  });

  test('of no minutes offers nothing and takes nothing back, but e-mail addresses', async () => {
    await house.set('undoMinutes', 0);
    const account = await house.customer();
    const done = await give(mira, account);
    expect(done.actions).toEqual(['Open card']);
    expect((await harmless(house, [account], () => undo(mira, numberOf(done)))).text).toMatch(
      /is nothing that can be taken back/,
    );
    const form = await tomasz.types('user edit', { account: account.reference });
    const edited = await tomasz.sends(form, { email: 'quick@example.com' });
    expect(edited.actions).toEqual(['Open card', 'Undo']);
    await house.set('undoMinutes', 15);
  });
});

describe('when the world has moved on', () => {
  test('spent credits are not taken back', async () => {
    const account = await house.customer();
    const done = await give(mira, account);
    await tomasz.types('credits remove', { account: account.reference, amount: '130', reason: 'Spent' });
    expect((await harmless(house, [account], () => mira.presses(done, 'Undo'))).text).toBe(
      'The credits are spent: the account has 40 left. Nothing was changed. `/credits remove` takes what is left.',
    );
  });

  test('a status that was changed since stays', async () => {
    const account = await house.customer();
    const done = await suspend(mira, account);
    await mira.types('user unsuspend', { account: account.reference });
    await suspend(priya, account);
    expect((await harmless(house, [account], () => mira.presses(done, 'Undo'))).text).toMatch(
      new RegExp(`^The account has changed since #${numberOf(done)}, so it cannot be taken back\\.`),
    );
    expect((await account.now()).status).toBe('suspended');
  });

  test('roles and addresses that were changed since stay', async () => {
    const account = await house.customer();
    const role = (name: string) => tomasz.types('user role', { account: account.reference, change: 'set', role: name });
    const first = await role('reseller');
    await role('supporter');
    expect((await harmless(house, [account], () => tomasz.presses(first, 'Undo'))).text).toMatch(
      /^The account has changed/,
    );
    const edit = async (email: string) =>
      tomasz.sends(await tomasz.types('user edit', { account: account.reference }), { email });
    const edited = await edit('one@example.com');
    await edit('two@example.com');
    expect((await harmless(house, [account], () => tomasz.presses(edited, 'Undo'))).text).toMatch(
      /^The account has changed/,
    );
  });
});

describe('once', () => {
  test('taken back is not taken back again', async () => {
    const account = await house.customer();
    const done = await give(mira, account);
    await mira.presses(done, 'Undo');
    expect((await harmless(house, [account], () => undo(tomasz, numberOf(done)))).text).toMatch(
      new RegExp(`^#${numberOf(done)} has been taken back already\\.`),
    );
    expect(await balance(account)).toBe(120);
  });

  test('two at the same moment take it back once, and the other is told so at once', async () => {
    const account = await house.customer();
    const number = numberOf(await give(mira, account));
    const answers = await Promise.all([undo(mira, number), undo(lena, number), undo(tomasz, number)]);
    expect(await balance(account)).toBe(120);
    const texts = answers.map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith('−50 · 170 → 120'))).toHaveLength(1);
    expect(texts.filter((text) => text.startsWith(`#${number} has been taken back already.`))).toHaveLength(2);
  });

  test('what takes something back is not taken back, but done anew', async () => {
    const account = await house.customer();
    const back = await mira.presses(await give(mira, account), 'Undo');
    expect((await harmless(house, [account], () => undo(mira, numberOf(back)))).text).toMatch(
      /is nothing that can be taken back/,
    );
  });

  test('two equal gifts are each taken back without a question', async () => {
    const account = await house.customer();
    const first = await give(mira, account);
    const second = await mira.presses(await give(mira, account), 'Do it anyway');
    expect((await mira.presses(first, 'Undo')).text).toMatch(/^−50 · 220 → 170/);
    expect((await mira.presses(second, 'Undo')).text).toMatch(/^−50 · 170 → 120/);
  });
});

test('it needs no approval where the deed itself always does, but holds to limits', async () => {
  const strict = await startHouse({ without: 'grants and channels' });
  await strict.set('approvalsChannelId', CHANNEL_IDS.staff);
  await strict.set('approvalVerbs', ['credits.deduct']);
  await strict.give({ role: 'moderator', preset: 'moderator', perAct: '30' });
  await strict.give({ role: 'administrator', preset: 'administrator' });
  const account = await strict.customer();
  expect((await strict.mira.presses(await give(strict.mira, account, '25'), 'Undo')).text).toMatch(/^−25 · 145 → 120/);
  const taken = { account: account.reference, amount: '40', reason: 'Refund' };
  const waiting = await strict.tomasz.types('credits remove', taken);
  expect(waiting.text).toMatch(/^This waits for an approval/);
  await strict.ada.presses(await strict.lastIn(CHANNEL_IDS.staff), 'Approve');
  const number = Number(waiting.text.match(/#(\d+)/)?.[1]);
  expect((await harmless(strict, [account], () => undo(strict.mira, number))).text).toMatch(
    /^That is more than the 30 that you may move at once\./,
  );
});

test('it gives no allowance back', async () => {
  const strict = await startHouse({ without: 'grants and channels' });
  await strict.give({ role: 'moderator', preset: 'moderator', perDay: '60' });
  const account = await strict.customer();
  const done = await give(strict.mira, account);
  expect((await strict.mira.presses(done, 'Undo')).text).toMatch(/^−50 · 170 → 120/);
  const refused = await harmless(strict, [account], () => give(strict.mira, account, '11'));
  expect(refused.text).toMatch(/^That is more than you may give in a day: 10 of 60 are left\./);
});

test.each([
  ['a creation', 'user create', { email: 'made@example.com', username: 'made' }],
  ['a verification', 'user verify', {}],
])('%s is nothing that can be taken back', async (_what, command, given) => {
  const account = await house.customer();
  const named = command === 'user create' ? {} : { account: account.reference };
  const done = await tomasz.types(command, { ...named, ...given });
  expect(done.actions).toEqual(['Open card']);
  expect((await harmless(house, [account], () => undo(tomasz, numberOf(done)))).text).toMatch(
    /is nothing that can be taken back/,
  );
});

test('a number that there is not is said to be none', async () => {
  const account = await house.customer();
  expect((await harmless(house, [account], () => undo(tomasz, 999_999))).text).toMatch(
    /^There is no operation #999999\./,
  );
  expect((await harmless(house, [account], () => tomasz.types('undo', { operation: 'the last' }))).text).toContain(
    'Write the number of an operation',
  );
});

test('the member is told that it was taken back', async () => {
  const account = await house.customer({ member: alex.id });
  await mira.presses(await give(mira, account), 'Undo');
  expect((await house.toldTo(alex)).at(-1)).toContain('The team took back 50 credits that it had given you');
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
