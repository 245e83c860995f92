/** Writing to the person behind an account: by the panel where it can, else by direct message; and saying truly whether it arrived. */
import { beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { harmless } from './fixtures/harmless.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { posted } from './fixtures/posted.ts';

const house = await startHouse({ panel: 'test' });
const { discord, store, panel, mira, sam, alex } = house;
const HARUKA = USER_IDS.haruka ?? '';
const ofAlex = await house.customer({ member: alex.id });
const MESSAGE = 'Your server moves on Sunday.\nYou need to do nothing.';

beforeEach(() => panel.setAbility('notifications', false));

const write = (account: TestAccount, text = MESSAGE) => mira.types('user notify', { account: account.reference, text });
const sentByPanel = ({ id }: TestAccount) =>
  panel.journal.filter(({ action, accountId }) => action === 'notify' && accountId === id);

describe('by direct message', () => {
  test('is shown first, sent on a press, and said to have arrived', async () => {
    const preview = await harmless(house, [ofAlex], () => write(ofAlex));
    expect(preview.text).toBe(
      `Write to ${ofAlex.username} · Name of ${ofAlex.username}?\n>>> Your server moves on Sunday.\nYou need to do nothing.\nIt goes to @alex as a direct message from Steward.\nNothing is sent yet. Your name is not in it.`,
    );
    const before = (await house.toldTo(alex)).length;
    const sent = await mira.presses(preview, 'Send');
    expect(sent.text).toMatch(/^Arrived as a direct message · #\d+\n/);
    const told = await house.toldTo(alex);
    expect(told.slice(before)).toEqual([
      expect.stringContaining('A message from the team\nYour server moves on Sunday.\nYou need to do nothing.'),
    ]);
    expect(JSON.stringify(told)).not.toContain('mira');
  });

  test('sent twice arrives once', async () => {
    const account = await house.customer({ member: house.jo.id });
    const preview = await write(account);
    await mira.presses(preview, 'Send');
    expect((await mira.presses(preview, 'Send')).text).toMatch(/^This was pressed already\./);
    expect((await house.toldTo(house.jo)).filter((each) => each.includes('moves on Sunday'))).toHaveLength(1);
  });

  test('that the member does not take is said to be so, and remembered on the card', async () => {
    const account = await house.customer({ member: HARUKA });
    const refused = await mira.presses(await write(account), 'Send');
    expect(refused.text).toBe(
      'They take no direct messages from Steward. Nothing was changed. Write to them in a channel instead.',
    );
    expect((await mira.types('user view', { account: account.reference })).text).toContain(
      'does not take direct messages',
    );
    expect(
      await store.sql`select verb, state from operations where account_id = ${account.id} order by number desc limit 1`,
    ).toEqual([{ verb: 'account.notify', state: 'failed' }]);
  });

  test('where nobody is linked is refused before anything is written', async () => {
    const account = await house.customer();
    expect((await harmless(house, [account], () => write(account))).text).toBe(
      'Nobody can be reached: the panel sends no messages, and no member is linked to this account. Nothing was changed. Link the member first.',
    );
    expect((await mira.types('user view', { account: account.reference })).actions).not.toContain('Write to them…');
  });
});

describe('through the panel', () => {
  test('goes where the panel can, linked or not', async () => {
    panel.setAbility('notifications', true);
    const account = await house.customer();
    const card = await mira.types('user view', { account: account.reference });
    const form = await mira.presses(card, 'Write to them…');
    const preview = await mira.sends(form, { text: MESSAGE });
    expect(preview.text).toContain('It goes through Test panel, which brings it to the account’s owner.');
    expect(sentByPanel(account)).toHaveLength(0);
    expect((await mira.presses(preview, 'Send')).text).toMatch(/^Sent through the panel · #\d+\n/);
    expect(sentByPanel(account)).toHaveLength(1);
  });

  test('that did not answer is not known to have arrived, and is not sent again by itself', async () => {
    panel.setAbility('notifications', true);
    const account = await house.customer();
    const preview = await write(account);
    panel.failNext('notify', { kind: 'timeout', acts: 'before' });
    const unknown = await mira.presses(preview, 'Send');
    expect(unknown.text).toMatch(/^It is not known whether this happened: to write to the member/);
    expect(sentByPanel(account)).toHaveLength(1);
  });
});

describe('what is written', () => {
  test('stands in no line of the audit channel and in no history, but in the log’s personal part', async () => {
    await mira.presses(await write(ofAlex, 'A secret between us'), 'Send');
    expect((await house.auditLines()).at(-1)).toMatch(/^#\d+ · @mira · Message sent · /);
    expect(JSON.stringify(await house.auditLines())).not.toContain('secret between');
    expect((await mira.types('user history', { account: ofAlex.reference })).text).not.toContain('secret between');
    const personal =
      await store.sql`select values::text from audit_personal where values::text like '%secret between%'`;
    expect(personal).toHaveLength(1);
  });

  test('neither pings nor pretends to be Steward’s own markup', async () => {
    const preview = await write(ofAlex, '@everyone **now**\n# Big\n-# small [x](https://evil.example)');
    expect(preview.source).toContain('\\@everyone \\*\\*now\\*\\*');
    await mira.presses(preview, 'Send');
    const direct = discord.as(alex.id).messagesIn(discord.state.directChannelOf(alex.id, discord.state.botId).id);
    const sent = textOf(direct.at(-1) ?? null);
    expect(sent).toBe(
      '**A message from the team**\n\\@everyone \\*\\*now\\*\\*\n\\# Big\n\\-# small \\[x\\]\\(https\\:\\/\\/evil.example\\)',
    );
  });

  test('may be as long as a message takes, and no longer', async () => {
    const longest = 'ä'.repeat(1_500);
    expect((await mira.presses(await write(ofAlex, longest), 'Send')).text).toMatch(/^Arrived/);
    expect((await house.toldTo(alex)).at(-1)).toContain(longest);
    expect((await harmless(house, [ofAlex], () => write(ofAlex, ' \u200b '))).text).toMatch(/^Text: this is needed\./);
  });
});

test('it takes the right to, at the press too', async () => {
  expect(
    (await harmless(house, [ofAlex], () => sam.types('user notify', { account: ofAlex.reference, text: 'Hello' })))
      .text,
  ).toMatch(/^You may not /);
  const preview = await posted(discord, await write(ofAlex), CHANNEL_IDS.staff);
  expect((await harmless(house, [ofAlex], () => sam.presses(preview, 'Send'))).text).toMatch(
    /^This was shown to @mira/,
  );
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
