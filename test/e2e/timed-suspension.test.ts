/** Suspensions that end by themselves: how long is typed, who is told before, and that only what still stands is lifted. */
import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { harmless } from './fixtures/harmless.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import type { Someone } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse({ panel: 'test' });
const { discord, panel, tomasz, mira, priya, alex } = house;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const suspend = (person: Someone, account: TestAccount, duration: string) =>
  person.types('user suspend', { account: account.reference, reason: 'Chargeback', duration });
const lift = (person: Someone, account: TestAccount) => person.types('user unsuspend', { account: account.reference });
const statusOf = async (account: TestAccount) => (await account.now()).status;
const numberOf = ({ text }: Screen) => Number(text.match(/#(\d+)\n/)?.[1]);

/** An account that Mira has suspended for a time. */
async function suspended(duration = '7d', changes: Parameters<typeof house.customer>[0] = {}) {
  const account = await house.customer(changes);
  return { account, number: numberOf(await suspend(mira, account, duration)) };
}

describe('how long', () => {
  test('is said in the answer, on the card, to the member and in the audit channel', async () => {
    const account = await house.customer({ member: alex.id });
    const done = await suspend(mira, account, '7d');
    const number = numberOf(done);
    expect(done.text).toMatch(new RegExp(`^Suspended · until ‹when› · Chargeback · #${number}\n`));
    const card = await mira.types('user view', { account: account.reference });
    expect(card.text).toMatch(
      new RegExp(`^Suspended by @mira ‹when›, until ‹when›, for: Chargeback \\(#${number}\\)\n`),
    );
    expect((await house.toldTo(alex)).at(-1)).toContain(
      'Your account was suspended: Chargeback. The suspension ends by itself on ‹when›.',
    );
    expect((await house.auditLines()).at(-1)).toMatch(/ · Suspended · .* · until ‹when› · Chargeback$/);
  });

  test('is asked in the form, and may be left open', async () => {
    const account = await house.customer();
    const form = await mira.types('user suspend', { account: account.reference });
    expect(form.fields).toContain('duration');
    const done = await mira.sends(form, { reason: 'Chargeback' });
    expect(done.text).toMatch(/^Suspended · Chargeback/);
    const other = await house.customer();
    const timed = await mira.types('user suspend', { account: other.reference });
    expect((await mira.sends(timed, { reason: 'Chargeback', duration: '1d 12h' })).text).toMatch(/^Suspended · until/);
  });

  test.each(['soon', '0m', '30s', '-1d', '1.5h', '2y', '7 d w', '400d'])(
    'is not guessed from “%s”',
    async (duration) => {
      const account = await house.customer();
      const refused = await harmless(house, [account], () => suspend(mira, account, duration));
      expect(refused.text).toMatch(/^Duration: Write minutes, hours, days or weeks: 30m, 7d, 2w or 1d 12h\./);
      const form = await mira.presses(refused, 'Correct');
      expect((await mira.sends(form, { duration: '2w' })).text).toMatch(/^Suspended · until ‹when›/);
    },
  );

  test.each([
    [
      '7d',
      [
        ['suspension.warn', 6 * DAY_MS],
        ['suspension.warn', 7 * DAY_MS - HOUR_MS],
        ['suspension.end', 7 * DAY_MS],
      ],
    ],
    [
      '5h',
      [
        ['suspension.warn', 4 * HOUR_MS],
        ['suspension.end', 5 * HOUR_MS],
      ],
    ],
    ['30m', [['suspension.end', 30 * MINUTE_MS]]],
  ] as const)('of %s sets its end, and words before it where there is time for them', async (duration, expected) => {
    const before = Date.now();
    const { number } = await suspended(duration);
    const set = house.pendingTimers.filter(({ timer }) => timer.operation === number);
    expect(set.map(({ timer }) => timer.kind)).toEqual(expected.map(([kind]) => kind));
    for (const [index, [, afterMs]] of expected.entries()) {
      const at = set[index]?.at.getTime() ?? 0;
      expect(at).toBeGreaterThanOrEqual(before + afterMs);
      expect(at).toBeLessThanOrEqual(Date.now() + afterMs);
    }
  });

  test('is refused where lifting does not bring everything back', async () => {
    panel.setTraits('suspension', { reversible: false });
    const account = await house.customer();
    expect((await harmless(house, [account], () => suspend(mira, account, '7d'))).text).toBe(
      'Test panel does not bring back all that a suspension takes, so it cannot end by itself. Nothing was changed. Suspend without a duration.',
    );
    panel.setTraits('suspension', { reversible: true });
  });
});

test('where lifting does not bring everything back, the form says so before, and the answer leads to the servers', async () => {
  const effects = ['Lifting leaves servers suspended.'];
  panel.setTraits('suspension', { reversible: false, effects });
  const { id } = panel.add({ email: 'oneway@example.com', username: 'oneway', details: { servers: 2 } });
  const account = { account: `test/${id}` };
  await mira.types('user view', account);
  const form = await mira.types('user suspend', account);
  expect(form.text).toBe('For oneway\nLifting leaves servers suspended.');
  expect(form.fields).not.toContain('duration');
  await mira.sends(form, { reason: 'Chargeback' });
  const lifted = await mira.types('user unsuspend', account);
  expect(lifted.text).toMatch(/^Suspension lifted · its servers stay as they are · #\d+/);
  expect(lifted.actions).toContain('Servers');
  panel.setTraits('suspension', { reversible: true, effects: [] });
});

describe('the end', () => {
  test('lifts it, once, and is told as Steward’s own deed', async () => {
    const { account, number } = await suspended('7d', { member: house.jo.id });
    await house.fires('suspension.end', number);
    expect(await statusOf(account)).toBe('active');
    const lines = await house.auditLines();
    expect(lines.at(-1)).toMatch(
      new RegExp(`^#\\d+ · Steward · Suspension lifted · ends #${number} · ${account.username}`),
    );
    const ended = lines.findIndex((line) => line.startsWith(`#${number} `));
    expect(lines[ended]).toMatch(/ended \(#\d+\)$/);
    const posted = discord.as(house.ada.id).messagesIn(CHANNEL_IDS.staffAudit);
    expect(JSON.stringify(posted[ended])).not.toContain('Undo');
    expect((await house.toldTo(house.jo)).at(-1)).toContain('Your suspension has ended. Your account works again.');
    const again = await house.changedBy(() => house.fires('suspension.end', number));
    expect(again).toEqual({});
  });

  test('does nothing to what was lifted before', async () => {
    const { account, number } = await suspended();
    await lift(priya, account);
    expect(await house.changedBy(() => house.fires('suspension.end', number))).toEqual({});
    expect(await statusOf(account)).toBe('active');
  });

  test('does not lift a later suspension, which ends when it is due', async () => {
    const { account, number } = await suspended('1d');
    await lift(mira, account);
    const later = numberOf(await suspend(priya, account, '7d'));
    await house.fires('suspension.end', number);
    expect(await statusOf(account)).toBe('suspended');
    await house.fires('suspension.end', later);
    expect(await statusOf(account)).toBe('active');
  });

  test('after an undo there is nothing to end', async () => {
    const account = await house.customer();
    const done = await suspend(mira, account, '7d');
    await mira.presses(done, 'Undo');
    expect(await house.changedBy(() => house.fires('suspension.end', numberOf(done)))).toEqual({});
  });

  test('waits while the account waits for its deletion, and comes when that is called off', async () => {
    const { account, number } = await suspended();
    const preview = await tomasz.types('user delete', { account: account.reference, reason: 'Asked for it' });
    await tomasz.goesOn(preview, { username: account.username });
    await expect(house.fires('suspension.end', number)).rejects.toThrow('waits for its deletion');
    await tomasz.types('user restore', { account: account.reference });
    expect(await statusOf(account)).toBe('suspended');
    await house.fires('suspension.end', number);
    expect(await statusOf(account)).toBe('active');
  });

  test('is tried again when the panel was down', async () => {
    const { account, number } = await suspended();
    panel.failNext('unsuspend', { kind: 'refuse', failure: 'unreachable' });
    await expect(house.fires('suspension.end', number)).rejects.toThrow();
    expect(await statusOf(account)).toBe('suspended');
    await house.fires('suspension.end', number);
    expect(await statusOf(account)).toBe('active');
  });
});

describe('the words before it', () => {
  test('are told to the member a day and an hour before, and not when it is over already', async () => {
    const { account, number } = await suspended('7d', { member: house.robin.id });
    await house.fires('suspension.warn', number);
    const told = await house.toldTo(house.robin);
    expect(told.slice(-2)).toEqual([
      expect.stringContaining('Your suspension ends in a day: ‹when›.'),
      expect.stringContaining('Your suspension ends in an hour: ‹when›.'),
    ]);
    await lift(mira, account);
    await house.bringNotices();
    const count = (await house.toldTo(house.robin)).length;
    await house.fires('suspension.warn', number);
    expect(await house.toldTo(house.robin)).toHaveLength(count);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
