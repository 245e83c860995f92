/** Discord on a bad day: what was asked happens once, and an answer arrives, or the record says that none could. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../sandbox/discord/faults.ts';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import type { Someone } from './fixtures/people.ts';

const house = await startHouse({ panel: 'test' });
const { discord, panel, store, mira, tomasz } = house;

const CALLBACK = ['POST', '/interactions/:id/:token/callback'] as const;
const EDIT = ['PATCH', '/webhooks/:applicationId/:token/messages/:messageId'] as const;
const FOLLOW_UP = ['POST', '/webhooks/:applicationId/:token'] as const;

const ERROR: Fault = { kind: 'server-error', status: 500 };
const LOST: Fault = { kind: 'reset', afterActing: true };
const BUSY: Fault = { kind: 'rate-limit', retryAfterSeconds: 0.1 };

beforeEach(() => discord.faults.clear());

/** What the bot did wrong in Discord's eyes, and could not know: the answers of these calls were lost, or never came. */
function expectInVain(codes: readonly number[]): void {
  expect(discord.violations.map(({ code }) => code)).toEqual(codes);
  discord.clearJournal();
}

const ALREADY_ACKNOWLEDGED = 40_060;
const UNKNOWN_WEBHOOK = 10_015;
const INVALID_WEBHOOK_TOKEN = 50_027;

/** Waits for the end of one more run. */
async function ended(runs: number, run: object): Promise<void> {
  await vi.waitFor(() => expect(house.observations).toHaveLength(runs + 1));
  expect(house.observations.at(-1)).toMatchObject(run);
}

const give = (person: Someone, account: TestAccount, amount = '5') =>
  person.types('credits add', { account: account.reference, amount, reason: 'Power cut' });

const movements = ({ id }: TestAccount) =>
  panel.journal.filter((entry) => entry.accountId === id && entry.action === 'credits.add');

describe('what is done arrives once, and is done once', () => {
  test.each<[string, readonly [string, string], Fault]>([
    ['the acknowledgement fails once', CALLBACK, ERROR],
    ['the acknowledgement’s own answer is lost', CALLBACK, LOST],
    ['the answer is asked to wait', EDIT, BUSY],
    ['the answer fails once', EDIT, ERROR],
    ['the answer’s own answer is lost', EDIT, LOST],
  ])('though %s', async (_what, [method, route], fault) => {
    const account = await house.customer();
    discord.faults.order(method, route, fault);
    const done = await give(mira, account);
    expect(done.text).toMatch(/^\+5 · 120 → 125 · Power cut · #\d+/);
    expect(movements(account)).toHaveLength(1);
    const answers = discord
      .messagesIn(CHANNEL_IDS.staff)
      .filter(({ message }) => textOf(message).includes(`${account.username} ·`));
    expect(answers).toHaveLength(1);
    expectInVain(route === CALLBACK[1] && fault === LOST ? [ALREADY_ACKNOWLEDGED] : []);
  });

  test('though a form, a page and a private answer each meet a fault', async () => {
    const account = await house.customer();
    discord.faults.order(...CALLBACK, ERROR);
    const form = await mira.types('credits add', { account: account.reference });
    discord.faults.order(...EDIT, ERROR);
    expect((await mira.sends(form, { amount: '5', reason: 'Power cut' })).text).toMatch(/^\+5/);
    discord.faults.order(...FOLLOW_UP, BUSY);
    const asked = await give(tomasz, account);
    expect(asked.isPrivate).toBe(true);
    discord.faults.order(...EDIT, BUSY);
    await tomasz.presses(asked, 'Leave it');
    await vi.waitFor(() => expect(asked.text).toBe('Left as it is. Nothing was changed.'));
    expect(movements(account)).toHaveLength(1);
  });
});

describe('what Discord does not take', () => {
  test('as an acknowledgement is not done', async () => {
    const account = await house.customer();
    discord.faults.order(...CALLBACK, ERROR, { times: 3 });
    const runs = house.observations.length;
    const given = { account: account.reference, amount: '5', reason: 'Power cut' };
    await discord.as(mira.id).command('credits add', given, { channelId: CHANNEL_IDS.staff, timeoutMs: 1_500 });
    await ended(runs, { command: 'credits add', status: 'expired' });
    expect(movements(account)).toEqual([]);
    expectInVain([UNKNOWN_WEBHOOK]);
  });

  test('as an answer, because its time has passed, is done, recorded, and told to the audit channel', async () => {
    const account = await house.customer();
    const { promise, resolve } = Promise.withResolvers<void>();
    panel.failNext('credits.add', { kind: 'wait', for: promise });
    const runs = house.observations.length;
    const given = { account: account.reference, amount: '5', reason: 'Power cut' };
    await discord.as(mira.id).command('credits add', given, { channelId: CHANNEL_IDS.staff, until: 'acknowledged' });
    await vi.waitFor(() => expect(panel.calls.at(-1)).toMatchObject({ name: 'credits.add', accountId: account.id }));
    discord.clock.advance(16 * 60_000);
    resolve();
    await ended(runs, { command: 'credits add', status: 'expired' });
    expect(await store.sql`select state from operations where account_id = ${account.id}`).toMatchObject([
      { state: 'succeeded' },
    ]);
    expect((await house.auditLines()).at(-1)).toContain(`+5 · ${account.username} · 120 → 125`);
    expectInVain([INVALID_WEBHOOK_TOKEN]);
  });
});

describe('a connection that breaks between a command and its answer', () => {
  test.each([
    ['without a word', () => discord.faults.dropSockets()],
    ['because Discord asks for it', () => discord.faults.askToReconnect()],
    ['for good', () => discord.faults.invalidateSessions({ resumable: false })],
  ])('%s takes neither the answer nor the next command', { timeout: 20_000 }, async (_how, breakIt) => {
    const account = await house.customer();
    const { promise, resolve } = Promise.withResolvers<void>();
    panel.failNext('credits.add', { kind: 'wait', for: promise });
    const waiting = give(mira, account);
    await vi.waitFor(() => expect(panel.calls.at(-1)).toMatchObject({ name: 'credits.add', accountId: account.id }));
    breakIt();
    resolve();
    expect((await waiting).text).toMatch(/^\+5/);
    await vi.waitFor(() => expect(discord.connections).toBe(1), { timeout: 10_000 });
    expect((await give(tomasz, account, '6')).text).toMatch(/^\+6 · 125 → 131/);
    expect(movements(account)).toHaveLength(2);
  });
});

describe('the audit channel', () => {
  test('gets its line once Discord takes it, in order', async () => {
    const account = await house.customer();
    await give(mira, account);
    await give(tomasz, account, '6');
    discord.faults.order('POST', '/channels/:channelId/messages', ERROR, { times: 5 });
    await house.auditLines();
    discord.faults.clear();
    const lines = (await house.auditLines()).filter((line) => line.includes(`${account.username} ·`));
    expect(lines.map((line) => line.split(' · ')[2])).toEqual(['+5', '+6']);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
