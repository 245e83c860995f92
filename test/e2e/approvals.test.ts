/** What somebody else has to agree to: who is asked, who may say yes or no, and what is looked at once more before it is done. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS } from '../../sandbox/world.ts';
import { harmless } from './fixtures/harmless.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { ELSEWHERE, IN_STAFF, type Someone } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse({ panel: 'test', without: 'grants and channels' });
const { discord, store, panel, ada, tomasz, mira, priya, lena, sam, alex, jo, robin } = house;
/** Everybody sees it here, so that everybody can try. */
const APPROVALS = CHANNEL_IDS.general;
/** Discord hides the commands from some who may use them, and the team's channels from all others. */
const ANYONE = { ...IN_STAFF, evenIfHidden: true };
const OUTSIDE = { ...ELSEWHERE, evenIfHidden: true };

beforeAll(async () => {
  await house.give({ role: 'moderator', preset: 'moderator', perAct: '100', perDay: '100000' });
  await house.give({ role: 'accountant', preset: 'accountant' });
  await house.give({ role: 'administrator', preset: 'administrator' });
  await house.give({ role: 'helper', preset: 'helper' });
  await house.set('auditChannelId', CHANNEL_IDS.staffAudit);
  await house.set('staffChannelIds', [CHANNEL_IDS.staff]);
});
beforeEach(async () => {
  await house.set('approvalsChannelId', APPROVALS);
  await house.set('approvers', 1);
  await house.set('approvalVerbs', []);
});

const give = (person: Someone, account: TestAccount, amount = '500', where = ANYONE) =>
  person.types('credits add', { account: account.reference, amount, reason: 'Event prize' }, where);
const balance = async (account: TestAccount) => Number((await account.now()).balance?.minor) / 1_000;
const numberOf = ({ text }: Screen) => Number(text.match(/#(\d+)/)?.[1]);
const stateOf = async (number: number) => {
  const [row] = await store.sql<{ state: string }[]>`select state from operations where number = ${number}`;
  return row?.state;
};

/** An account for which Mira, a moderator, has asked more than she may give. */
async function asked(changes: Parameters<typeof house.customer>[0] = {}) {
  const account = await house.customer(changes);
  const number = numberOf(await give(mira, account));
  return { account, number, card: await house.lastIn(APPROVALS) };
}

describe('more than one may give', () => {
  test('waits, is laid before others once, and is done when one of them approves', async () => {
    const account = await house.customer({ member: alex.id });
    await house.set('alertRoleId', ROLE_IDS.accountant);
    const waiting = await give(mira, account);
    const number = numberOf(waiting);
    expect(waiting.text).toBe(
      `This waits for an approval: to give credits (+500 · Event prize) (#${number}).\n${account.username} · @alex · by @mira\nNothing was changed yet. You are told how it ends; without an approval it is declined ‹when›.`,
    );
    expect(waiting.isPrivate).toBe(false);
    expect(await balance(account)).toBe(120);
    expect((await mira.types('user view', { account: account.reference })).text).toContain(
      `Waits for approval: +500 (#${number})`,
    );

    const card = await house.lastIn(APPROVALS);
    expect(card.text).toContain(`Waits for approval · #${number}\n+500 · ${account.username} · @alex`);
    expect(card.text).toContain('it is more than the 100 that they may move at once');
    expect(card.text).toContain('120, and 620 with it');
    expect(card.message.mention_roles).toEqual([ROLE_IDS.accountant]);
    expect(card.actions).toEqual(['Approve', 'Decline…', 'Open card']);
    expect(JSON.stringify(card.message)).not.toContain('@example.com');
    await house.set('alertRoleId', null);

    await lena.presses(card, 'Approve');
    expect(await balance(account)).toBe(620);
    expect(card.text).toMatch(new RegExp(`^Done · approved by @lena.vogt · #${number}\\n\\+500`));
    expect(card.actions).toEqual([]);
    expect((await house.auditLines()).at(-1)).toBe(
      `#${number} · @mira · +500 · ${account.username} · @alex · 120 → 620 · Event prize · approved by @lena.vogt`,
    );
    expect((await house.toldTo(mira)).at(-1)).toMatch(/^It is done: \+500 · .* · @alex\napproved by @lena.vogt\n#\d+/);
    expect((await house.toldTo(alex)).at(-1)).toContain(
      'The team gave you 500 coins: Event prize. You have 620 coins now.',
    );
  });

  test('is refused as before where no channel is set', async () => {
    await house.set('approvalsChannelId', null);
    const account = await house.customer();
    const refused = await harmless(house, [account], () => give(mira, account));
    expect(refused.text).toBe(
      'That is more than the 100 that you may move at once. Nothing was changed. Write less, or ask someone with a higher limit.',
    );
  });

  test('counts against a day’s limit while it waits', async () => {
    await house.give({ user: jo.id, preset: 'moderator', perAct: '60', perDay: '100' });
    const account = await house.customer();
    expect((await give(jo, account, '80', OUTSIDE)).text).toContain('This waits for an approval');
    expect((await give(jo, account, '10', OUTSIDE)).text).toMatch(/^\+10/);
    expect((await give(jo, account, '30', OUTSIDE)).text).toContain('This waits for an approval');
    const card = await house.lastIn(APPROVALS);
    expect(card.text).toContain('of the 100 that they may give in a day, 10 are left');
  });
});

describe('nobody approves', () => {
  test('what they asked for themselves', async () => {
    const { account, card } = await asked();
    const refused = await harmless(house, [account], () => mira.presses(card, 'Approve'));
    expect(refused.text).toMatch(/^You asked for this, or it is about you\./);
  });

  test('what is about their own account', async () => {
    await house.give({ user: robin.id, permission: 'accounts.view' });
    await house.give({ user: robin.id, permission: 'credits.grant' });
    await house.give({ user: robin.id, permission: 'credits.approve' });
    const { account, card } = await asked({ member: robin.id });
    const refused = await harmless(house, [account], () => robin.presses(card, 'Approve'));
    expect(refused.text).toMatch(/^You asked for this, or it is about you\./);
    const other = await asked();
    await robin.presses(other.card, 'Approve');
    expect(await balance(other.account)).toBe(620);
  });

  test('without the right to it', async () => {
    const { account, card } = await asked();
    expect((await harmless(house, [account], () => priya.presses(card, 'Approve'))).text).toMatch(
      /^You may not approve credits\./,
    );
    expect((await harmless(house, [account], () => sam.presses(card, 'Approve'))).text).toMatch(
      /^You may not give credits\./,
    );
    expect((await harmless(house, [account], () => alex.presses(card, 'Approve'))).text).toMatch(
      /^You may not look at accounts\./,
    );
  });

  test('above their own limits, of which what they have approved is a part', async () => {
    await house.give({ user: priya.id, preset: 'accountant', perAct: '500', perDay: '600' });
    const first = await asked();
    const second = await asked();
    await priya.presses(first.card, 'Approve');
    expect(await balance(first.account)).toBe(620);
    expect((await harmless(house, [second.account], () => priya.presses(second.card, 'Approve'))).text).toMatch(
      /^That is more than you may give in a day: 100 of 600 are left\./,
    );
    const large = await house.customer();
    await give(mira, large, '501');
    const card = await house.lastIn(APPROVALS);
    expect((await harmless(house, [large], () => priya.presses(card, 'Approve'))).text).toMatch(
      /^That is more than the 500 that you may move at once\./,
    );
  });

  test('twice: where two are wanted, two different people approve', async () => {
    await house.set('approvers', 2);
    const { account, number, card } = await asked();
    expect(card.text).toContain('by nobody yet, of 2');
    await lena.presses(card, 'Approve');
    expect(card.text).toContain('by @lena.vogt (1 of 2)');
    expect((await harmless(house, [account], () => lena.presses(card, 'Approve'))).text).toMatch(
      /^You have approved this already\./,
    );
    await tomasz.presses(card, 'Approve');
    expect(card.text).toMatch(new RegExp(`^Done · approved by @lena.vogt, @tomasz · #${number}`));
    expect(await balance(account)).toBe(620);
  });
});

test('two who approve at the same moment act once', async () => {
  const { account, number, card } = await asked();
  const answers = await Promise.all([lena.presses(card, 'Approve'), tomasz.presses(card, 'Approve')]);
  expect(await balance(account)).toBe(620);
  expect(
    panel.journal.filter(({ accountId, action }) => accountId === account.id && action === 'credits.add'),
  ).toHaveLength(1);
  expect(await store.sql`select from approvals where operation = ${number}`).toHaveLength(1);
  const late = answers.filter(({ isPrivate }) => isPrivate).map(({ text }) => text);
  expect(late).toEqual([expect.stringMatching(new RegExp(`^#${number} does not wait for an approval any more`))]);
});

describe('declining', () => {
  test('takes a reason, ends it for all, and is told to whoever asked', async () => {
    const { account, number, card } = await asked();
    const form = await lena.presses(card, 'Decline…');
    const declined = await lena.sends(form, { reason: 'Prizes are 100 at most' });
    expect(declined.text).toBe(`#${number} is declined. @mira is told, with your reason.`);
    await house.bringNotices();
    expect(card.text).toMatch(
      new RegExp(`^Did not happen · declined by @lena.vogt: Prizes are 100 at most · #${number}`),
    );
    expect(card.actions).toEqual([]);
    expect((await house.toldTo(mira)).at(-1)).toMatch(
      /^It did not happen: \+500 .*\ndeclined by @lena.vogt: Prizes are 100 at most\n/,
    );
    expect((await house.auditLines()).find((line) => line.startsWith(`#${number} `))).toMatch(
      /did not happen .*declined by @lena.vogt: Prizes are 100 at most/,
    );
    expect(await balance(account)).toBe(120);
    expect(await stateOf(number)).toBe('failed');
  });

  test('is for who asked, too, and for nobody without the right', async () => {
    const { account, number, card } = await asked();
    expect((await priya.types('user view', { account: account.reference })).text).toContain(`(#${number})`);
    const form = await sam.presses(card, 'Decline…');
    expect((await harmless(house, [account], () => sam.sends(form, { reason: 'No' }))).text).toMatch(/^You may not/);
    const withdrawn = await mira.sends(await mira.presses(card, 'Decline…'), { reason: 'My mistake' });
    expect(withdrawn.text).toBe(`#${number} is withdrawn.`);
    await house.bringNotices();
    expect(card.text).toContain('declined by @mira: My mistake');
  });

  test('after it was decided says how', async () => {
    const { account, number, card } = await asked();
    const form = await lena.presses(card, 'Decline…');
    await tomasz.presses(card, 'Approve');
    expect((await lena.sends(form, { reason: 'Late' })).text).toMatch(
      new RegExp(`^#${number} does not wait for an approval any more: it is done\\.`),
    );
    expect(await balance(account)).toBe(620);
  });
});

describe('time', () => {
  test('that passes reminds once, under the card, and then declines', async () => {
    await house.set('alertRoleId', ROLE_IDS.accountant);
    const { account, number, card } = await asked();
    await house.fires('approval.remind', number);
    const reminder = await house.lastIn(APPROVALS);
    expect(reminder.text).toMatch(new RegExp(`^#${number} still waits; it is declined ‹when›\\.`));
    expect(reminder.message.message_reference?.message_id).toBe(card.message.id);
    expect(reminder.message.mention_roles).toEqual([ROLE_IDS.accountant]);
    await house.fires('approval.end', number);
    await house.bringNotices();
    expect(card.text).toContain('nobody approved it in time');
    expect(card.actions).toEqual([]);
    expect((await house.toldTo(mira)).at(-1)).toMatch(/^It did not happen: \+500 .*\nnobody approved it in time/);
    expect(await balance(account)).toBe(120);
    await house.set('alertRoleId', null);
  });

  test('changes nothing of what was decided before', async () => {
    const { account, number, card } = await asked();
    await lena.presses(card, 'Approve');
    await house.bringNotices();
    const changed = await house.changedBy(async () => {
      await house.fires('approval.remind', number);
      await house.fires('approval.end', number);
    });
    expect(changed).toEqual({});
    expect(await balance(account)).toBe(620);
  });
});

describe('before it is done is looked at once more', () => {
  test('who asked: one who may not any more is not served', async () => {
    await house.give({ user: jo.id, permission: 'accounts.view' });
    const account = await house.customer();
    const number = numberOf(await give(jo, account, '500', OUTSIDE));
    const card = await house.lastIn(APPROVALS);
    await store.sql`
      update grants set revoked_at = now(), revoked_by = 'test' where subject_id = ${jo.id} and preset = 'moderator'`;
    const refused = await harmless(house, [account], () => lena.presses(card, 'Approve'));
    expect(refused.text).toBe(
      '@jo, who asked for this, may not do it any more. Nothing was changed. It can only be declined.',
    );
    expect(await stateOf(number)).toBe('awaiting_approval');
  });

  test('the account: one that was deleted gets nothing', async () => {
    const { account, card } = await asked();
    await house.set('graceHours', 0);
    const preview = await tomasz.types('user delete', { account: account.reference, reason: 'Asked for it' });
    await tomasz.goesOn(preview, { username: account.username });
    expect((await lena.presses(card, 'Approve')).text).toMatch(/^This account is deleted\./);
    expect(await balance(account)).toBe(120);
  });

  test('the limits: what the approver gave meanwhile counts', async () => {
    await house.give({ user: sam.id, preset: 'accountant', perDay: '700' });
    const { account, card } = await asked();
    expect((await give(sam, await house.customer(), '300')).text).toMatch(/^\+300/);
    expect((await harmless(house, [account], () => sam.presses(card, 'Approve'))).text).toMatch(/400 of 700 are left/);
  });

  test('the balance: credits that are gone are not taken, and what is done starts from what is there', async () => {
    await house.set('approvalVerbs', ['credits.deduct']);
    const take = (account: TestAccount) =>
      lena.types('credits remove', { account: account.reference, amount: '100', reason: 'Refund' }, ANYONE);
    const poor = await house.customer();
    expect((await take(poor)).text).toMatch(/^This waits for an approval: to take credits away \(−100 · Refund\)/);
    const poorCard = await house.lastIn(APPROVALS);
    const rich = await house.customer();
    await take(rich);
    const richCard = await house.lastIn(APPROVALS);
    panel.moveBalance(poor.id, -50_000n);
    panel.moveBalance(rich.id, 50_000n);
    expect((await harmless(house, [poor], () => tomasz.presses(poorCard, 'Approve'))).text).toMatch(
      /^The balance is 70/,
    );
    await tomasz.presses(richCard, 'Approve');
    expect(await balance(rich)).toBe(70);
    expect((await house.auditLines()).some((line) => line.includes('170 → 70'))).toBe(true);
  });
});

describe('what always needs an approval', () => {
  test('waits within all limits, but not for those who are exempt', async () => {
    await house.set('approvalVerbs', ['account.role', 'credits.grant']);
    const account = await house.customer();
    const waiting = await tomasz.types('user role', { account: account.reference, change: 'add', role: 'partner' });
    expect(waiting.text).toMatch(/^This waits for an approval: to change the roles/);
    const card = await house.lastIn(APPROVALS);
    expect(card.text).toContain('Give the role partner');
    expect(card.text).toContain('the team wants this approved always');
    expect((await account.now()).roles).not.toContain('partner');
    await ada.presses(card, 'Approve');
    expect((await account.now()).roles).toContain('partner');
    expect((await give(ada, account, '1')).text).toMatch(/^\+1 /);

    await house.set('approvalExempt', 'administrator');
    expect((await give(tomasz, account, '2')).text).toMatch(/^\+2 /);
    expect((await give(lena, account, '3')).text).toMatch(/^This waits for an approval/);
    await house.set('approvalExempt', 'owner');
  });

  test('a deletion: nothing is suspended until it is approved, and its grace begins then', async () => {
    await house.set('approvalVerbs', ['account.delete']);
    await house.set('graceHours', 72);
    const account = await house.customer();
    const preview = await tomasz.types('user delete', { account: account.reference, reason: 'Asked for it' });
    const waiting = await tomasz.goesOn(preview, { username: account.username });
    expect(waiting.text).toMatch(/^This waits for an approval: to delete the account when its grace ends/);
    expect((await account.now()).status).toBe('active');
    const card = await house.lastIn(APPROVALS);
    expect((await harmless(house, [account], () => lena.presses(card, 'Approve'))).text).toMatch(/^You may not delete/);
    await ada.presses(card, 'Approve');
    expect((await account.now()).status).toBe('suspended');
    const number = numberOf(waiting);
    const [timer] = house.pendingTimers.filter(
      (set) => set.timer.kind === 'deletion.due' && set.timer.operation === number,
    );
    expect(timer?.at.getTime()).toBeGreaterThan(Date.now() + 71 * 3_600_000);
  });

  test('credits to an account that one has made oneself', async () => {
    await ada.types('user create', { email: 'own@example.com', username: 'of-ada' });
    const waiting = await ada.types('credits add', { account: 'of-ada', amount: '5', reason: 'Event prize' });
    expect(waiting.text).toMatch(/^This waits for an approval/);
    const card = await house.lastIn(APPROVALS);
    expect(card.text).toContain(
      'they created or linked this account, or changed its e-mail address, within the last 7 days',
    );
    await lena.presses(card, 'Approve');
    expect(card.text).toMatch(/^Done/);
  });
});

describe('where nobody else may approve it', () => {
  test('is refused at once', async () => {
    const small = await startHouse({ without: 'grants and channels' });
    await small.set('approvalsChannelId', APPROVALS);
    await small.set('approvalVerbs', ['credits.grant']);
    await small.give({ role: 'moderator', preset: 'moderator' });
    const account = await small.customer();
    const asks = (person: Someone) =>
      person.types('credits add', { account: account.reference, amount: '5', reason: 'Event prize' });
    await small.ada.types('user create', { email: 'own@example.com', username: 'of-ada' });
    const refused = await small.ada.types('credits add', { account: 'of-ada', amount: '5', reason: 'Event prize' });
    expect(refused.text).toBe(
      'This needs the approval of somebody else, and nobody else may give it. Nothing was changed. Write less where it is an amount, or ask an owner.',
    );
    await small.set('approvers', 2);
    expect((await asks(small.mira)).text).toMatch(/^This needs the approval of 2 others/);
    await small.set('approvers', 1);
    expect((await asks(small.mira)).text).toMatch(/^This waits for an approval/);
  });
});

test('it goes by itself: the card comes, and who asked is told', async () => {
  const running = await startHouse({ jobs: true, without: 'grants and channels' });
  await running.set('approvalsChannelId', APPROVALS);
  await running.set('approvalVerbs', ['credits.grant']);
  await running.give({ role: 'moderator', preset: 'moderator' });
  const account = await running.customer();
  const person = running.discord.as(running.ada.id);
  await running.mira.types('credits add', { account: account.reference, amount: '5', reason: 'Event prize' });
  const card = await vi.waitFor(() => {
    const [posted] = person.messagesIn(APPROVALS);
    if (!posted) throw new Error('there is no card yet');
    return posted;
  });
  await person.press(card, 'Approve');
  const direct = running.discord.state.directChannelOf(running.mira.id, running.discord.state.botId).id;
  await vi.waitFor(() =>
    expect(JSON.stringify(running.discord.as(running.mira.id).messagesIn(direct))).toContain('It is done:'),
  );
  expect(running.discord.violations).toEqual([]);
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
