/** Who sees what: outcomes for staff in their channels, cards for one reader, and nothing personal where others read. */
import { beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { ELSEWHERE, IN_STAFF } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, ada, tomasz, mira, sam, alex } = house;

/** What everybody in a channel reads. */
const publicMessages = (channelId: string) =>
  discord.messagesIn(channelId).filter(({ message }) => ((message.flags ?? 0) & 64) === 0);

const masked = (screen: Screen, { username }: TestAccount) =>
  expect(JSON.stringify(screen.message)).not.toContain(`${username}@example.com`);

beforeEach(() => house.set('staffChannelIds', [CHANNEL_IDS.staff]));

describe('an outcome', () => {
  test('is public and masked in a channel of staff, and private anywhere else', async () => {
    const account = await house.customer();
    const give = (amount: string, where: typeof IN_STAFF) =>
      mira.types('credits add', { account: account.reference, amount, reason: 'Power cut' }, where);
    const here = await give('1', IN_STAFF);
    expect(here.isPrivate).toBe(false);
    masked(here, account);
    const before = publicMessages(CHANNEL_IDS.general).length;
    expect((await give('2', ELSEWHERE)).isPrivate).toBe(true);
    expect(publicMessages(CHANNEL_IDS.general)).toHaveLength(before);
  });

  test('of a form opened from a card is public, too', async () => {
    const account = await house.customer();
    const card = await mira.types('user view', { account: account.reference });
    const form = await mira.presses(card, 'Suspend');
    expect((await mira.sends(form, { reason: 'Spam' })).isPrivate).toBe(false);
    expect((await mira.presses(card, 'Suspend')).fields).toContain('reason');
  });

  test('that is a refusal leaves nothing in the channel', async () => {
    const account = await house.customer();
    const before = publicMessages(CHANNEL_IDS.staff).length;
    const refused = await mira.types('credits add', { account: account.reference, amount: '0', reason: 'Power cut' });
    expect(refused.isPrivate).toBe(true);
    expect(publicMessages(CHANNEL_IDS.staff)).toHaveLength(before);
  });
});

describe('a card', () => {
  test('is private, with the address masked', async () => {
    const account = await house.customer();
    const card = await mira.types('user view', { account: account.reference });
    expect(card.isPrivate).toBe(true);
    expect(card.text).toContain('c•••@example.com');
    masked(card, account);
  });

  test('is shown to the channel without what is personal, and not offered where nobody of staff is among themselves', async () => {
    const account = await house.customer({ member: alex.id });
    await mira.types('user note', { account: account.reference, text: 'A note for the team' });
    const shown = await mira.presses(await mira.types('user view', { account: account.reference }), 'Show here');
    expect(shown.isPrivate).toBe(false);
    expect(shown.text).toMatch(/shown by @mira/i);
    expect(shown.text).not.toMatch(/note/i);
    expect(shown.actions).toEqual(['Open card']);
    masked(shown, account);
    expect((await mira.types('user view', { account: account.reference }, ELSEWHERE)).actions).not.toContain(
      'Show here',
    );
  });

  test('shows the address once it is revealed, and that is recorded with who looked', async () => {
    const account = await house.customer({ member: house.jo.id });
    const card = await mira.types('user view', { account: account.reference });
    const revealed = await mira.presses(card, 'Reveal e-mail');
    expect(revealed.text).toContain(`${account.username}@example.com`);
    expect(revealed.isPrivate).toBe(true);
    expect(revealed.actions).not.toContain('Reveal e-mail');
    const audited = await store.sql`select actor_id, account_id, member_id from audit where action = 'account.reveal'`;
    expect(audited).toEqual([{ actor_id: mira.id, account_id: account.id, member_id: house.jo.id }]);
    masked(card, account);
  });

  test('offers a helper what a helper may do', async () => {
    const account = await house.customer();
    const card = await sam.types('user view', { account: account.reference });
    expect([...card.actions].sort()).toEqual(['Cannot log in?', 'History', 'Ledger', 'Notes', 'Show here']);
    masked(card, account);
  });

  test('opens with the suspension, or says that Steward does not know of it', async () => {
    const [ours, theirs] = [await house.customer(), await house.customer()];
    const { text } = await mira.types('user suspend', { account: ours.reference, reason: 'Chargeback' });
    const number = text.match(/#\d+/)?.[0];
    await store.sql`update builtin_accounts set status = 'suspended' where id = ${theirs.id}`;
    const first = async ({ reference }: TestAccount) =>
      (await mira.types('user view', { account: reference })).text.split('\n')[0];
    expect(await first(ours)).toBe(`Suspended by @mira ‹when›, for: Chargeback (${number})`);
    expect(await first(theirs)).toBe('Suspended in the panel; Steward does not know why.');
    await mira.types('user unsuspend', { account: ours.reference });
    await store.sql`update builtin_accounts set status = 'suspended' where id = ${ours.id}`;
    expect(await first(ours)).toBe('Suspended in the panel; Steward does not know why.');
  });

  test('of one’s own account says so, and offers nothing that one may not do to oneself', async () => {
    const account = await house.customer({ member: mira.id });
    const card = await mira.types('user view', { account: account.reference });
    expect(card.text).toContain('This is your own account.');
    expect(card.actions).not.toContain('Give credits');
    const refused = await mira.types('credits add', { account: account.reference, amount: '5', reason: 'Me' });
    expect(refused.text).toBe(
      'This account is your own, or was. Nothing was changed. Someone else of the team has to do this.',
    );
  });

  test('of somebody of one’s own rank or above offers no change', async () => {
    const [peer, owner] = [await house.customer({ member: house.priya.id }), await house.customer({ member: ada.id })];
    const suspend = (account: TestAccount) =>
      mira.types('user suspend', { account: account.reference, reason: 'Spam' });
    expect((await mira.types('user view', { account: peer.reference })).actions).not.toContain('Suspend');
    expect((await suspend(peer)).text).toMatch(
      /^This account belongs to someone of your rank or above\. Nothing was changed\./,
    );
    expect((await suspend(owner)).text).toBe(
      'This account belongs to an owner. Nothing was changed. Only an owner may act on it.',
    );
    expect((await tomasz.types('user suspend', { account: peer.reference, reason: 'Spam' })).text).toMatch(
      /^Suspended/,
    );
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
