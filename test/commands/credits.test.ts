import { beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { everything, IN_DM, IN_STAFF, startCommunity } from './fixtures/community.ts';

const community = await startCommunity();
const { discord, panel, store } = community;
const ada = community.as(USER_IDS.ada);
const mira = community.as(USER_IDS.mira);
const sam = community.as(USER_IDS.sam);

beforeEach(() => community.set('staffChannelIds', []));

const plainText = (message: Parameters<typeof textOf>[0]) => textOf(message).replaceAll('*', '');

describe('giving credits', () => {
  test('takes a right-click, an amount and a reason, and tells of it in one line', async () => {
    await community.set('reasons', ['Power cut', 'Event prize']);
    const account = await community.account('alexm', { member: USER_IDS.alex });
    const asked = await mira.userCommand('Give credits', USER_IDS.alex, IN_STAFF);
    expect(JSON.stringify(asked.form?.form)).toMatch(/For \*\*alexm\*\*/);
    const done = await mira.submit(asked.form, { amount: '50', reason: 'Power cut' });
    expect(plainText(done.message)).toMatch(/^\+50 · 120 → 170 · Power cut · #\d+\n/);
    expect(panel.read(account.id).balance?.minor).toBe(170_000n);
  });

  test('in a channel of staff is told to all of them, and opens the card for each', async () => {
    await community.set('staffChannelIds', [CHANNEL_IDS.staff]);
    await community.account('aloud');
    const done = await mira.command('credits add', { account: 'aloud', amount: '1', reason: 'Aloud' }, IN_STAFF);
    expect(done.ephemeral).toBe(false);
    expect(everything(done.message)).not.toContain('aloud@');
    if (!done.message) throw new Error('no answer');
    const card = await sam.press(done.message, 'Open card');
    expect(card.ephemeral).toBe(true);
    expect(textOf(card.message)).toContain('aloud');
  });

  test('asks before the same is done again, and then does it once', async () => {
    const account = await community.account('again');
    await ada.command('credits add', { account: 'again', amount: '5', reason: 'First' }, IN_STAFF);
    const asked = await mira.command('credits add', { account: 'again', amount: '5', reason: 'Second' }, IN_STAFF);
    expect(textOf(asked.message)).toMatch(/done a moment ago/);
    expect(textOf(asked.message)).toContain(`<@${USER_IDS.ada}>`);
    expect(panel.read(account.id).balance?.minor).toBe(125_000n);
    if (!asked.message) throw new Error('no question');
    await mira.press(asked.message, 'Do it anyway');
    expect(panel.read(account.id).balance?.minor).toBe(130_000n);
    const twice = await mira.press(asked.message, 'Do it anyway');
    expect(textOf(twice.message)).not.toMatch(/\+5.*→/);
    expect(panel.read(account.id).balance?.minor).toBe(130_000n);
  });

  test('leaves it when it is left', async () => {
    const account = await community.account('left');
    await ada.command('credits add', { account: 'left', amount: '5', reason: 'First' }, IN_STAFF);
    const asked = await mira.command('credits add', { account: 'left', amount: '5', reason: 'Second' }, IN_STAFF);
    if (!asked.message) throw new Error('no question');
    await mira.press(asked.message, 'Leave it');
    expect(textOf(asked.message)).toContain('Left as it is');
    expect(panel.read(account.id).balance?.minor).toBe(125_000n);
  });

  test('shows an unknown outcome as such, and holds the account’s credits', async () => {
    await community.account('unclear');
    panel.failNext('credits.add', { kind: 'timeout', acts: 'before' });
    const unknown = await mira.command('credits add', { account: 'unclear', amount: '7', reason: 'Unclear' }, IN_STAFF);
    expect(textOf(unknown.message)).toContain('not known whether this happened');
    const refused = await mira.command('credits add', { account: 'unclear', amount: '8', reason: 'More' }, IN_STAFF);
    expect(textOf(refused.message)).toMatch(/rests until that is found out/);
    const card = await mira.command('user view', { account: 'unclear' }, IN_STAFF);
    expect(textOf(card.message)).toContain('Not known whether it happened');
    expect(everything(card.message)).not.toContain('Give credits');
  });

  test.each(['1e9', '-5', '0', '1,5', '1.234.567', '0.0001', '99999999999999999'])(
    'refuses %s in words, and changes nothing',
    async (amount) => {
      const account = await community.account(`amount-${amount.replaceAll(/\W/g, '_').slice(0, 12)}`);
      const refused = await mira.command('credits add', { account: account.username, amount, reason: 'Odd' }, IN_STAFF);
      expect(textOf(refused.message)).toContain('Nothing was changed');
      expect(panel.read(account.id).balance?.minor).toBe(120_000n);
      expect(everything(refused.message)).toContain('Correct');
    },
  );

  test('to oneself is refused', async () => {
    const own = await community.account('mirasown', { member: USER_IDS.mira });
    const refused = await mira.command('credits add', { account: 'mirasown', amount: '5', reason: 'Me' }, IN_STAFF);
    expect(textOf(refused.message)).toContain('your own');
    expect(panel.read(own.id).balance?.minor).toBe(120_000n);
  });

  test('is refused to a helper without a row, a panel call or a hint', async () => {
    await community.account('secretive');
    const [before] = await store.sql<{ count: number }[]>`select count(*)::integer as count from operations`;
    const callsBefore = panel.calls.length;
    const known = await sam.command('credits add', { account: 'secretive', amount: '5', reason: 'No' }, IN_STAFF);
    const nobody = await sam.command('credits add', { account: 'nobodyatall', amount: '5', reason: 'No' }, IN_STAFF);
    expect(textOf(known.message)).toBe(textOf(nobody.message));
    const [after] = await store.sql<{ count: number }[]>`select count(*)::integer as count from operations`;
    expect(after).toEqual(before);
    expect(panel.calls.length).toBe(callsBefore);
  });
});

describe('taking and setting credits', () => {
  test('do what they say', async () => {
    const account = await community.account('taken');
    const taken = await ada.command('credits remove', { account: 'taken', amount: '20', reason: 'Refund' }, IN_STAFF);
    expect(plainText(taken.message)).toMatch(/^−20 · 120 → 100 · Refund/);
    const set = await ada.command('credits set', { account: 'taken', amount: '0', reason: 'Closing' }, IN_STAFF);
    expect(plainText(set.message)).toMatch(/^−100 · 100 → 0 · Closing/);
    expect(panel.read(account.id).balance?.minor).toBe(0n);
  });

  test('refuse more than there is', async () => {
    await community.account('poor', { balanceMinor: 1_000n });
    const refused = await ada.command('credits remove', { account: 'poor', amount: '2', reason: 'Too much' }, IN_STAFF);
    expect(plainText(refused.message)).toContain('The balance is 1');
  });
});

describe('looking at credits', () => {
  test('shows the balance, what moved it, and what others moved', async () => {
    const account = await community.account('watched');
    await ada.command('credits add', { account: 'watched', amount: '5', reason: 'Seen' }, IN_STAFF);
    panel.moveBalance(account.id, -25_000n);
    const view = await sam.command('credits view', { account: 'watched' }, IN_STAFF);
    expect(plainText(view.message)).toContain('Balance 100');
    expect(plainText(view.message)).toContain('outside Steward');
    expect(plainText(view.message)).toContain('+5 → 125');
    if (!view.message) throw new Error('no view');
    const ledger = await sam.press(view.message, 'Whole ledger');
    expect(plainText(ledger.message)).toContain('Ledger of watched');
  });
});

describe('one’s own account', () => {
  test('is shown in a direct message, with the e-mail, the balance and what was done', async () => {
    await community.account('jodirect', { member: USER_IDS.jo });
    await ada.command('credits add', { account: 'jodirect', amount: '5', reason: 'A gift' }, IN_STAFF);
    const jo = community.as(USER_IDS.jo);
    const card = await jo.command('account view', {}, IN_DM);
    expect(textOf(card.message)).toContain('jodirect\\@example.com');
    expect(textOf(card.message)).toContain('A gift');
    if (!card.message) throw new Error('no card');
    const credits = await jo.press(card.message, 'Credits');
    expect(plainText(credits.message)).toContain('Balance 125');
    if (!credits.message) throw new Error('no credits');
    const ledger = await jo.press(credits.message, 'Whole ledger');
    expect(plainText(ledger.message)).toContain('Ledger of jodirect');
    const history = await jo.command('account history', {}, IN_DM);
    expect(plainText(history.message)).toContain('+5 · A gift');
  });

  test('tells somebody without one what to do', async () => {
    const lonely = await community.as(USER_IDS.sam).command('account view', {}, IN_DM);
    expect(textOf(lonely.message)).toContain('No account is linked to you yet');
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
