/** A panel that goes wrong, as people see it: a sentence and a state, nothing of the machinery, and nobody else waits. */
import { describe, expect, test, vi } from 'vitest';
import type { PanelFailure } from '../../src/domain/refusal.ts';
import type { Fault } from '../harness/test-panel.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import type { Someone } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse({ panel: 'test', timing: { callTimeoutMs: 300, readTimeoutMs: 300 } });
const { discord, panel, store, tomasz, mira, sam, alex } = house;

const give = (person: Someone, account: TestAccount, amount = '5') =>
  person.types('credits add', { account: account.reference, amount, reason: 'Power cut' });

const credits = async (account: TestAccount) => Number(panel.read(account.id).balance?.minor) / 1_000;

async function stateOf(account: TestAccount): Promise<string | undefined> {
  const [operation] = await store.sql<{ state: string }[]>`
    select state from operations where account_id = ${account.id} order by number desc limit 1`;
  return operation?.state;
}

/** Sentences for people: no stack, no driver, no class, no code of the panel's. */
function expectPlain(screen: Screen): void {
  expect(screen.source).not.toMatch(/Error|\bat .+:\d+|told |undefined|null|\[object|node:|postgres|E[A-Z]{4,}/);
  expect(screen.text.length).toBeLessThan(400);
}

describe('a change that the panel refuses', () => {
  test.each<[PanelFailure, string]>([
    ['unreachable', 'Test panel cannot be reached right now. Nothing was changed. Try again in a minute.'],
    ['timeout', 'Test panel did not answer in time. Nothing was changed. Try again in a minute.'],
    ['unauthorized', 'Test panel does not accept Steward’s key. Nothing was changed. An owner has to renew it.'],
    ['forbidden', 'Test panel does not let Steward do this. Nothing was changed. An owner has to widen its key.'],
    ['not_found', 'Test panel no longer has this account. Nothing was changed. Search for it with `/user list`.'],
    ['conflict', 'The account has changed since you opened this. Nothing was changed. Look at it again, then decide.'],
    ['rejected', 'Test panel said no. Nothing was changed. Look at the account again, then decide.'],
    ['rate_limited', 'Test panel is busy and asks for a pause. Nothing was changed. Try again in a minute.'],
    [
      'unsupported_version',
      'This version of Test panel cannot be written to safely. Nothing was changed. An owner has to update it.',
    ],
    [
      'malformed',
      'Test panel answered with something unreadable. Nothing was changed. Try again; if it stays, tell an owner.',
    ],
  ])('as %s says so, and is recorded as failed', async (failure, sentence) => {
    const account = await house.customer();
    panel.failNext('credits.add', { kind: 'refuse', failure });
    const refused = await give(tomasz, account);
    expect(refused.text).toBe(sentence);
    expect(refused.isPrivate).toBe(true);
    expectPlain(refused);
    expect(await stateOf(account)).toBe('failed');
    expect(await credits(account)).toBe(120);
  });

  test('with a reason of its own tells it, made harmless', async () => {
    const account = await house.customer();
    panel.failNext('suspend', { kind: 'refuse', detail: 'Ask **@everyone** <@1> first.' });
    const refused = await tomasz.types('user suspend', { account: account.reference, reason: 'Spam' });
    expect(refused.text).toContain('It says: “Ask **@everyone** <@1> first.”');
    expect(refused.source).toContain('\\*\\*\\@everyone\\*\\* \\<\\@1>');
  });
});

describe('a change of which nobody can say whether it happened', () => {
  test.each<[string, Fault, number]>([
    ['the panel acted and did not answer', { kind: 'timeout', acts: 'before' }, 125],
    ['the panel did not act and did not answer', { kind: 'timeout', acts: 'never' }, 120],
    ['the panel let it hang until it was given up', { kind: 'timeout', acts: 'never', hangs: true }, 120],
    ['the panel answered nonsense after acting', { kind: 'malformed', acts: true }, 125],
    ['the panel answered nonsense without acting', { kind: 'malformed', acts: false }, 120],
  ])('because %s, is called that', async (_why, fault, balance) => {
    const account = await house.customer();
    panel.failNext('credits.add', fault);
    const unknown = await give(tomasz, account);
    expect(unknown.text).toMatch(
      /^It is not known whether this happened: to give credits \(\+5 · Power cut\) \(#\d+\)\./,
    );
    expect(unknown.text).toContain('Test panel was asked and did not say whether it acted. Please do not do it again');
    expectPlain(unknown);
    expect(await stateOf(account)).toBe('unknown');
    expect(await credits(account)).toBe(balance);
    await vi.waitFor(() => expect(house.observations.at(-1)).toMatchObject({ status: 'unknown' }));
  });

  test('stands first on the card, holds the account’s credits for everybody, and nothing else', async () => {
    const account = await house.customer();
    panel.failNext('credits.add', { kind: 'timeout', acts: 'before' });
    const unknown = await give(tomasz, account);
    const number = unknown.text.match(/#\d+/)?.[0];
    const card = await mira.types('user view', { account: account.reference });
    expect(card.text.split('\n').slice(1, 4).join('\n')).toContain(`Not known whether it happened: +5 (${number})`);
    const refused = await give(mira, account, '6');
    expect(refused.text).toBe(
      `It is not known yet what came of ${number}, so this part of the account rests until that is found out. Nothing was changed. Steward looks by itself; \`/operations show\` tells how far it is.`,
    );
    expect(
      (await tomasz.types('credits set', { account: account.reference, amount: '0', reason: 'x' })).text,
    ).toContain('rests until');
    expect((await mira.types('user history', { account: account.reference })).text).toContain(
      'not known whether it happened',
    );
    expect((await mira.types('user suspend', { account: account.reference, reason: 'Spam' })).text).toMatch(
      /^Suspended/,
    );
    expect(await credits(account)).toBe(125);
  });

  test('is told to the audit channel as such', async () => {
    const account = await house.customer();
    panel.failNext('credits.add', { kind: 'timeout', acts: 'never' });
    await give(tomasz, account);
    expect((await house.auditLines()).at(-1)).toMatch(
      new RegExp(`^#\\d+ · @tomasz · \\+5 · not known whether it happened · ${account.username} · Power cut$`),
    );
  });

  test('a creation names the account that there may be, and links nobody to it', async () => {
    panel.failNext('create', { kind: 'timeout', acts: 'before' });
    const given = { email: 'maybe@example.com', username: 'maybe', member: house.robin.id };
    const unknown = await tomasz.types('user create', given);
    expect(unknown.text).toMatch(/^It is not known whether this happened: to create an account \(#\d+\)/);
    expect((await house.auditLines()).at(-1)).toMatch(
      /^#\d+ · @tomasz · Created · not known whether it happened · maybe · @robin$/,
    );
    expect(await store.sql`select from links where user_id = ${house.robin.id}`).toEqual([]);
  });

  test('because it stopped half way, is called that, too', async () => {
    const account = await house.customer();
    panel.failNext('suspend', { kind: 'stop', afterSteps: 1 });
    const unknown = await tomasz.types('user suspend', { account: account.reference, reason: 'Spam' });
    expect(unknown.text).toMatch(/^It is not known whether this happened: to suspend the account/);
    expect(unknown.text).not.toContain('credits rest');
    expectPlain(unknown);
    expect(await stateOf(account)).toBe('unknown');
  });
});

describe('a panel that cannot be read', () => {
  test.each<[string, Fault]>([
    ['is down', { kind: 'refuse', failure: 'unreachable' }],
    ['hangs', { kind: 'timeout', acts: 'never', hangs: true }],
    ['answers nonsense', { kind: 'malformed', acts: false }],
  ])('because it %s, is said to be so, and leaves no operation', async (_how, fault) => {
    const account = await house.customer();
    const looks = [
      () => give(mira, account),
      () => mira.types('credits view', { account: account.reference }),
      () => tomasz.types('user delete', { account: account.reference, reason: 'x' }),
    ];
    for (const look of looks) {
      panel.failNext('get', fault);
      const failed = await look();
      expect(failed.text).toMatch(/^Test panel (cannot be reached|did not answer|answered with)/);
      expect(failed.isPrivate).toBe(true);
      expectPlain(failed);
    }
    expect(await stateOf(account)).toBeUndefined();
  });

  test('is not asked by those who search what was seen of it', async () => {
    const account = await house.customer();
    const asked = panel.calls.length;
    expect((await sam.types('user list', { query: account.username })).text).toContain(account.username);
    expect((await sam.types('user history', { account: account.username })).text).toContain('History of');
    expect(panel.calls).toHaveLength(asked);
  });
});

test('a panel that takes its time holds up nobody else', async () => {
  const [slow, quick] = [await house.customer(), await house.account('quick', { member: alex.id })];
  const { promise, resolve } = Promise.withResolvers<void>();
  panel.failNext('get', { kind: 'wait', for: promise });
  const order: string[] = [];
  const waiting = tomasz.types('user view', { account: slow.reference }).then((screen) => {
    order.push('slow');
    return screen;
  });
  await vi.waitFor(() => expect(panel.calls.at(-1)).toEqual({ name: 'get', accountId: slow.id }));
  expect((await mira.types('user view', { account: quick.reference })).text).toContain('quick');
  expect((await alex.types('account view', {}, { dm: true })).text).toContain('quick');
  expect((await give(mira, quick)).text).toMatch(/^\+5/);
  order.push('quick');
  resolve();
  expect((await waiting).text).toContain(slow.username);
  expect(order).toEqual(['quick', 'slow']);
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
