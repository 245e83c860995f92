/** Every way that was thought of to get further than one may, tried by hand: through the command, in its form, and delivered again. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import type { Answer } from '../../sandbox/discord/person/answer.ts';
import type { FieldValue } from '../../sandbox/discord/person/form-input.ts';
import type { OptionValues, Person } from '../../sandbox/discord/person/person.ts';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import type { Account } from '../../src/domain/account.ts';
import { money } from '../../src/domain/money.ts';
import { startBot } from '../harness/bot.ts';
import { fingerprint, grown } from '../harness/records.ts';
import { sentence, words } from '../harness/words.ts';

const bot = await startBot({ catalogue });
const { discord, store, panel } = bot;
/** Every interaction goes to this process, too. */
const second = await bot.another();

const ada = discord.as(USER_IDS.ada);
const tomasz = discord.as(USER_IDS.tomasz);
const mira = discord.as(USER_IDS.mira);
const here = { channelId: CHANNEL_IDS.staff };
const coins = (amount: number) => money(BigInt(amount) * 1_000n, { code: 'coins', scale: 3 });
const credits = { amount: '10', reason: 'Event prize' };

let created = 0;
function account(more: { balanceMinor?: bigint; roles?: readonly string[] } = {}): Account {
  created += 1;
  return panel.add({ username: `customer-${created}`, email: `customer-${created}@example.com`, ...more });
}

async function grant(
  subject: { role?: keyof typeof ROLE_IDS; user?: string },
  rights: Readonly<Record<string, string>>,
): Promise<void> {
  await store.sql`
    insert into grants ${store.sql({
      subject_kind: subject.role ? 'role' : 'user',
      subject_id: subject.role ? ROLE_IDS[subject.role] : (subject.user ?? ''),
      created_by: 'test',
      origin: randomUUID(),
      ...rights,
    })}`;
  await bot.services.policy.refresh();
}

const link = ({ id }: Account, userId: string, by = 'test') => store.sql`
  insert into links (panel, account_id, user_id, proof, created_by) values ('test', ${id}, ${userId}, 'staff', ${by})`;
const unlink = ({ id }: Account) => store.sql`
  update links set removed_at = now(), removed_by = 'test' where account_id = ${id} and removed_at is null`;
const about = ({ id }: Account, more: OptionValues = {}): OptionValues => ({ account: `test/${id}`, ...more });

/** Types a command, sends its form with the same, and has both delivered again: none of it gets through. */
async function refusedEveryWay(
  person: Person,
  command: string,
  options: OptionValues,
  filled?: Record<string, FieldValue>,
): Promise<string> {
  const before = { records: await fingerprint(store), effects: panel.journal.length };
  const answers: Answer[] = [await person.command(command, options, here)];
  if (filled) {
    const asked = Object.fromEntries(Object.entries(options).filter(([name]) => !(name in filled)));
    const opened = await person.command(command, asked, here);
    expect(opened.kind).toBe('form');
    answers.push(await person.submit(opened.form, filled));
  }
  const said = await Promise.all(answers.map(words));
  for (const { interactionId } of answers) discord.redeliver(interactionId);
  await vi.waitFor(() => expect(second.observations).toHaveLength(bot.observations.length), { interval: 2 });
  const after = grown(before.records, await fingerprint(store));
  // What was read of an account is not what was done to it.
  const { directory: _, ...changed } = after;
  expect(changed).toEqual({});
  expect(panel.journal).toHaveLength(before.effects);
  expect(new Set(said).size).toBe(1);
  return said[0] ?? '';
}

beforeAll(async () => {
  await grant({ role: 'administrator' }, { preset: 'administrator', per_act: '100', per_day: '150' });
  await grant({ role: 'administrator' }, { permission: 'policy.manage' });
  await grant({ role: 'moderator' }, { preset: 'moderator', per_act: '50', per_day: '80' });
});

beforeEach(() => discord.clearJournal());
afterEach(() => expect(discord.violations).toEqual([]));

describe('lifting oneself', () => {
  const beyondLimit = sentence('grant.beyond_limit', { permission: 'credits.grant' });

  test.each([
    ['to oneself', USER_IDS.tomasz, { permission: 'accounts.view' }, sentence('grant.own_role', {})],
    ['to one’s own role', ROLE_IDS.administrator, { permission: 'accounts.view' }, sentence('grant.own_role', {})],
    ['to @everyone', ROLE_IDS.everyone, { permission: 'accounts.view' }, sentence('grant.everyone', {})],
    ['to the role of a bot', ROLE_IDS.bot, { permission: 'accounts.view' }, sentence('grant.managed_role', {})],
    [
      'a preset of one’s own rank',
      ROLE_IDS.helper,
      { preset: 'administrator' },
      sentence('grant.rank', { preset: 'administrator' }),
    ],
    [
      'what only owners give',
      ROLE_IDS.helper,
      { permission: 'accounts.protected' },
      sentence('grant.owner_given', { permission: 'accounts.protected' }),
    ],
    [
      'the right to give rights',
      USER_IDS.sam,
      { permission: 'policy.manage' },
      sentence('grant.owner_given', { permission: 'policy.manage' }),
    ],
    ['more at once', USER_IDS.sam, { permission: 'credits.grant', per_act: '101', per_day: '1' }, beyondLimit],
    ['more a day', USER_IDS.sam, { permission: 'credits.grant', per_act: '1', per_day: '151' }, beyondLimit],
    ['credits without a limit', USER_IDS.sam, { permission: 'credits.grant' }, beyondLimit],
  ] as const)('an administrator cannot grant: %s', async (_name, who, rights, refused) => {
    const fields = Object.fromEntries(
      Object.entries(rights).map(([name, value]) => [name, name === 'preset' ? [value] : value]),
    );
    expect(await refusedEveryWay(tomasz, 'policy grant', { who, ...rights }, { who: [who], ...fields })).toBe(refused);
  });

  test('a moderator cannot grant at all, and an administrator cannot take from an equal', async () => {
    await refusedEveryWay(mira, 'policy grant', { who: USER_IDS.sam, permission: 'accounts.view' });
    await refusedEveryWay(tomasz, 'policy revoke', { who: ROLE_IDS.administrator, preset: 'administrator' });
    await grant({ user: USER_IDS.ada }, { permission: 'credits.view' });
    await refusedEveryWay(tomasz, 'policy revoke', { who: USER_IDS.ada });
  });
});

describe('getting round a limit', () => {
  test('by setting a balance', async () => {
    const rich = account({ balanceMinor: 5_000n });
    const given = about(rich, { amount: '106', reason: 'Correction' });
    expect(await refusedEveryWay(tomasz, 'credits set', given, { amount: '106', reason: 'Correction' })).toBe(
      sentence('policy.over_act', { limit: coins(100) }),
    );
  });

  test('by creating an account with credits', async () => {
    const values = { email: 'round@example.com', username: 'round-the-limit', credits: '51' };
    expect(await refusedEveryWay(mira, 'user create', values, values)).toBe(
      sentence('policy.over_act', { limit: coins(50) }),
    );
  });

  test('by many small grants, by the day', async () => {
    const [one, other] = [account(), account()];
    await words(await mira.command('credits add', about(one, { ...credits, amount: '50' }), here));
    const overDay = sentence('policy.over_day', { limit: coins(80), left: coins(30) });
    const rest = about(other, { ...credits, amount: '31' });
    expect(await refusedEveryWay(mira, 'credits add', rest, { amount: '31', reason: 'Event prize' })).toBe(overDay);
    const create = { email: 'day@example.com', username: 'by-the-day', credits: '31' };
    expect(await refusedEveryWay(mira, 'user create', create, create)).toBe(overDay);
  });

  test('by two grants at the same moment', async () => {
    const [one, other] = [account(), account()];
    const before = panel.journal.length;
    await Promise.all([
      tomasz.command('credits add', about(one, { ...credits, amount: '90' }), here),
      tomasz.command('credits add', about(other, { ...credits, amount: '90' }), here),
    ]);
    expect(panel.journal.slice(before)).toHaveLength(1);
  });
});

describe('giving credits to oneself', () => {
  const give = (to: Account) => refusedEveryWay(mira, 'credits add', about(to, credits), credits);

  test('on one’s own account', async () => {
    const own = account();
    await link(own, mira.id);
    expect(await give(own)).toBe(sentence('policy.oneself', {}));
    await unlink(own);
  });

  test('on an account that was one’s own', async () => {
    const once = account();
    await link(once, mira.id);
    await unlink(once);
    expect(await give(once)).toBe(sentence('policy.oneself', {}));
  });

  test('on a second account that somebody else is linked to meanwhile', async () => {
    const second = account();
    await link(second, mira.id);
    await unlink(second);
    await link(second, USER_IDS.robin);
    expect(await give(second)).toBe(sentence('policy.oneself', {}));
    await unlink(second);
  });

  test('on an account that one has just linked to a friend, or unlinked again', async () => {
    const friends = account();
    expect(await words(await mira.command('link set', about(friends, { member: USER_IDS.robin }), here))).toContain(
      'linked',
    );
    expect(await give(friends)).toBe(sentence('policy.recent', { days: 7 }));
    await words(await mira.command('link remove', about(friends), here));
    expect(await give(friends)).toBe(sentence('policy.recent', { days: 7 }));
  });

  test('on an account that one has just created', async () => {
    await words(await mira.command('user create', { email: 'own@example.com', username: 'second-me' }, here));
    const made = await panel.panel.find(
      { by: 'username', username: 'second-me' },
      { signal: AbortSignal.timeout(1_000) },
    );
    if (!made[0]) throw new Error('nothing was created');
    expect(await give(made[0])).toBe(sentence('policy.recent', { days: 7 }));
  });

  test('by linking oneself, or by making an account for oneself', async () => {
    await refusedEveryWay(mira, 'link set', about(account(), { member: mira.id }), { member: [mira.id] });
    await refusedEveryWay(mira, 'user create', { email: 'me@example.com', username: 'for-me', member: mira.id });
  });
});

describe('acting on those above', () => {
  test('an administrator does nothing to an owner’s account, and an owner does', async () => {
    const owners = account({ balanceMinor: 50_000n });
    await link(owners, ada.id);
    const reason = { reason: 'A coup' };
    for (const [command, more] of [
      ['user suspend', reason],
      ['user delete', reason],
      ['credits remove', credits],
      ['credits add', credits],
    ] as const) {
      expect(await refusedEveryWay(tomasz, command, about(owners, more), more)).toBe(sentence('policy.owner_only', {}));
    }
    await refusedEveryWay(tomasz, 'link remove', about(owners));
    await refusedEveryWay(tomasz, 'user role', about(owners, { change: 'add', role: 'partner' }));
    await refusedEveryWay(tomasz, 'user suspend', { member: ada.id, ...reason }, reason);
  });

  test('a moderator does nothing to another’s, nor to an account that administers the panel', async () => {
    const equals = account();
    await link(equals, USER_IDS.priya_n ?? '');
    expect(
      await refusedEveryWay(mira, 'user suspend', about(equals, { reason: 'A quarrel' }), { reason: 'A quarrel' }),
    ).toBe(sentence('policy.rank', {}));
    const root = account({ roles: ['root'] });
    expect(
      await refusedEveryWay(tomasz, 'user suspend', about(root, { reason: 'A quarrel' }), { reason: 'A quarrel' }),
    ).toBe(sentence('policy.protected', {}));
    await refusedEveryWay(tomasz, 'user role', about(account(), { change: 'set', role: 'root' }));
  });
});
