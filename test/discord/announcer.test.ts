/** Notices on their way through Discord: what stands where, whom it pings, and what becomes of it on a bad day. */
import type { APIMessage } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { createAnnouncer } from '../../src/discord/announcer.ts';
import { createRest } from '../../src/discord/gateway/rest.ts';
import { type OwedNotice, oweNotice, oweQuestion } from '../../src/services/notices/owe.ts';
import { postNotices } from '../../src/services/notices/post.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

const bot = await startBot({ catalogue: probeCatalogue().catalogue });
const { discord, services, store } = bot;
const announcer = createAnnouncer({ rest: createRest(discord), services, strict: true });
await bot.set('auditChannelId', CHANNEL_IDS.staffAudit);
await bot.set('approvalsChannelId', CHANNEL_IDS.staff);
await bot.set('alertRoleId', ROLE_IDS.accountant);

const POST = ['POST', '/channels/:channelId/messages'] as const;
const EDIT = ['PATCH', '/channels/:channelId/messages/:messageId'] as const;

let operations = 0;

/** Suspended by Mira, and how it stands. */
async function operation(state: string, more: { doubt?: object; endedAgoMinutes?: number } = {}): Promise<number> {
  operations += 1;
  const { doubt = null, endedAgoMinutes = 0 } = more;
  const [row] = await store.sql<{ number: bigint }[]>`
    insert into operations (
      key, input_hash, verb, state, actor_id, panel, account_id, input, attempt_token, doubt, reason, due_at, ended_at
    ) values (
      ${`key${operations}`}, '', 'account.suspend', ${state}, ${USER_IDS.mira}, 'test', ${`a${operations}`}, '{"username": "alex"}', '',
      ${doubt && store.sql.json(doubt as never)}, 'Abuse', now() + interval '1 hour', now() - make_interval(mins => ${endedAgoMinutes})
    ) returning number`;
  return Number(row?.number);
}

async function bring(...notices: OwedNotice[]): Promise<void> {
  await store.sql.begin(async (transaction) => {
    for (const notice of notices) await oweNotice(transaction, notice);
  });
  await postNotices(services, announcer);
}

const become = (number: number, state: string, failure: string | null = null) =>
  store.sql`update operations set state = ${state}, failure = ${failure} where number = ${number}`;

const messagesIn = (channelId: string): APIMessage[] => discord.messagesIn(channelId).map(({ message }) => message);

const directMessages = (userId: string) =>
  messagesIn(discord.state.directChannelOf(userId, discord.state.botId).id).map((message) => textOf(message));

const button = (message: APIMessage | undefined, label: string) =>
  JSON.stringify(message?.components ?? []).includes(`"label":${JSON.stringify(label)}`);

const owed = async () =>
  Number((await store.sql`select from notices where posted_at is null and abandoned is null`).count);

beforeEach(async () => {
  discord.faults.clear();
  discord.clearJournal();
  await store.sql`delete from notices`;
  for (const channelId of [CHANNEL_IDS.staff, CHANNEL_IDS.staffAudit]) {
    for (const stored of discord.messagesIn(channelId)) discord.state.deleteMessage(stored);
  }
});

describe('the line of an operation', () => {
  test('pings nobody, offers to take it back, and is changed with it', async () => {
    const number = await operation('succeeded');
    await bring({ kind: 'operation', operation: number });
    const [line] = messagesIn(CHANNEL_IDS.staffAudit);
    expect(textOf(line ?? null)).toContain(`#${number}`);
    expect(line?.mentions).toEqual([]);
    expect(button(line, 'Undo')).toBe(true);
    await store.sql`
      insert into operations (key, input_hash, verb, state, actor_id, panel, input, attempt_token, linked_number, link_kind)
      values (${`undo${number}`}, '', 'account.unsuspend', 'succeeded', ${USER_IDS.tomasz}, 'test', '{}', '', ${number}, 'undo')`;
    await bring({ kind: 'operation', operation: number });
    const lines = messagesIn(CHANNEL_IDS.staffAudit);
    expect(lines).toHaveLength(1);
    expect(textOf(lines[0] ?? null)).toContain('~~Suspended~~');
    expect(button(lines[0], 'Undo')).toBe(false);
  });

  test('offers nothing once the time for it has passed', async () => {
    await bring({ kind: 'operation', operation: await operation('succeeded', { endedAgoMinutes: 16 }) });
    expect(button(messagesIn(CHANNEL_IDS.staffAudit)[0], 'Undo')).toBe(false);
  });

  test('is said again where somebody has deleted it', async () => {
    const number = await operation('succeeded');
    await bring({ kind: 'operation', operation: number });
    for (const stored of discord.messagesIn(CHANNEL_IDS.staffAudit)) discord.state.deleteMessage(stored);
    await bring({ kind: 'operation', operation: number });
    expect(messagesIn(CHANNEL_IDS.staffAudit)).toHaveLength(1);
  });
});

describe('a card', () => {
  test('mentions the one role when it is posted, and pings nobody when it changes', async () => {
    const number = await operation('awaiting_approval');
    await bring({ kind: 'card', operation: number });
    const [card] = messagesIn(CHANNEL_IDS.staff);
    expect(card?.mention_roles).toEqual([ROLE_IDS.accountant]);
    expect(card?.mentions).toEqual([]);
    await bring({ kind: 'card', operation: number });
    expect(messagesIn(CHANNEL_IDS.staff)).toHaveLength(1);
    expect(messagesIn(CHANNEL_IDS.staff)[0]?.mention_roles).toEqual([]);
    await become(number, 'failed', 'not_approved');
    await bring({ kind: 'card', operation: number });
    const [ended] = messagesIn(CHANNEL_IDS.staff);
    expect(textOf(ended ?? null)).toContain('nobody approved it in time');
    expect(button(ended, 'Approve')).toBe(false);
  });

  test('that asked for an approval is changed to ask how it ended, and a reply mentions the role', async () => {
    const ask = async (number: number) => {
      await store.sql.begin((transaction) => oweQuestion(transaction, number));
      await postNotices(services, announcer);
    };
    const number = await operation('awaiting_approval');
    await bring({ kind: 'card', operation: number });
    await become(number, 'pending');
    await become(number, 'unknown');
    await store.sql`update operations set doubt = '{"why": "unclear"}' where number = ${number}`;
    await ask(number);
    const [card, reply, ...more] = messagesIn(CHANNEL_IDS.staff);
    expect(button(card, 'It happened')).toBe(true);
    expect(textOf(reply ?? null)).toContain('not known whether this happened');
    expect(reply?.message_reference?.message_id).toBe(card?.id);
    expect(reply?.mention_roles).toEqual([ROLE_IDS.accountant]);
    expect(more).toEqual([]);
    await ask(await operation('unknown', { doubt: { why: 'unclear' } }));
    expect(messagesIn(CHANNEL_IDS.staff)).toHaveLength(3);
  });

  test('can be pressed for a month by whoever may', async () => {
    await bring({ kind: 'card', operation: await operation('unknown', { doubt: { why: 'unclear' } }) });
    const [row] = await store.sql<{ audience: string; days: number }[]>`
      select audience, round(extract(epoch from expires_at - now()) / 86400)::integer as days
      from component_state order by created_at desc limit 1`;
    expect(row).toEqual({ audience: 'permission:operations.settle', days: 30 });
  });

  test('is answered by its reminder, which mentions the role once more', async () => {
    const number = await operation('awaiting_approval');
    await bring({ kind: 'card', operation: number }, { kind: 'reminder', operation: number });
    const [card, reminder] = messagesIn(CHANNEL_IDS.staff);
    expect(reminder?.message_reference?.message_id).toBe(card?.id);
    expect(reminder?.mention_roles).toEqual([ROLE_IDS.accountant]);
    for (const stored of discord.messagesIn(CHANNEL_IDS.staff)) discord.state.deleteMessage(stored);
    await bring({ kind: 'reminder', operation: number });
    expect(messagesIn(CHANNEL_IDS.staff)).toHaveLength(1);
  });
});

describe('on a bad day', () => {
  test('a message whose own answer was lost stands there once', async () => {
    discord.faults.order(...POST, { kind: 'reset', afterActing: true }, { times: 5 });
    const number = await operation('succeeded');
    await bring({ kind: 'operation', operation: number });
    discord.faults.clear();
    await postNotices(services, announcer);
    expect(messagesIn(CHANNEL_IDS.staffAudit)).toHaveLength(1);
    expect(await owed()).toBe(0);
  });

  test('what Discord fails at is said later, in its order', async () => {
    const numbers = [await operation('succeeded'), await operation('succeeded')];
    discord.faults.order(...POST, { kind: 'server-error', status: 500 }, { times: 5 });
    await bring(...numbers.map((number) => ({ kind: 'operation' as const, operation: number })));
    expect(messagesIn(CHANNEL_IDS.staffAudit)).toHaveLength(0);
    discord.faults.clear();
    await postNotices(services, announcer);
    const said = messagesIn(CHANNEL_IDS.staffAudit).map((message) => textOf(message).slice(0, 5));
    expect(said).toEqual(numbers.map((number) => `#${number}`));
  });

  test('a change that is asked to wait comes after the wait', async () => {
    const number = await operation('unknown');
    await bring({ kind: 'operation', operation: number });
    await become(number, 'succeeded');
    discord.faults.order(...EDIT, { kind: 'rate-limit', retryAfterSeconds: 0.1 });
    await bring({ kind: 'operation', operation: number });
    expect(textOf(messagesIn(CHANNEL_IDS.staffAudit)[0] ?? null)).not.toContain('not known');
  });

  test('a channel that is gone takes its lines with it, and nothing else; its cards go to another', async () => {
    await bot.set('approvalsChannelId', '1');
    await bot.set('auditChannelId', CHANNEL_IDS.general);
    const before = messagesIn(CHANNEL_IDS.general).length;
    await bring({ kind: 'card', operation: await operation('awaiting_approval') });
    expect(messagesIn(CHANNEL_IDS.general)).toHaveLength(before + 1);
    await bot.set('approvalsChannelId', CHANNEL_IDS.staff);
    await bot.set('auditChannelId', '1');
    await bring(
      { kind: 'card', operation: await operation('awaiting_approval') },
      { kind: 'operation', operation: await operation('succeeded') },
    );
    await bot.set('auditChannelId', CHANNEL_IDS.staffAudit);
    expect(messagesIn(CHANNEL_IDS.staff)).toHaveLength(1);
    expect(await owed()).toBe(0);
    discord.clearJournal();
  });
});

describe('a direct message', () => {
  const haruka = USER_IDS.haruka ?? '';
  const jo = USER_IDS.jo;
  const news = async (userId: string) =>
    bring({ kind: 'member', operation: await operation('succeeded'), recipientId: userId });
  const asked = () => discord.journal.filter(({ route }) => route === '/users/@me/channels').length;

  test('tells a member what was done to their account', async () => {
    await news(jo);
    expect(directMessages(jo).at(-1)).toContain('Your account was suspended');
    expect(directMessages(jo).at(-1)).not.toContain(USER_IDS.mira);
  });

  test('whoever accepts none is asked once, until they write to the bot', async () => {
    await news(haruka);
    await news(haruka);
    expect(asked()).toBe(1);
    await discord.as(haruka).command('mine', {}, { dm: true });
    await expect.poll(() => store.sql`select from people where dm_closed_at is not null`).toHaveLength(0);
    await news(haruka);
    expect(asked()).toBe(2);
  });

  test('of the team’s own words arrives once, though it is sent again, and to each of two people', async () => {
    const message = { title: 'A message from the team', text: 'First line\n**Second** line' };
    const before = directMessages(jo).length;
    expect(await services.messenger.tell(jo, message, 'reference')).toBe('arrived');
    expect(await services.messenger.tell(jo, message, 'reference')).toBe('arrived');
    expect(await services.messenger.tell(USER_IDS.robin, message, 'reference')).toBe('arrived');
    expect(directMessages(jo)).toHaveLength(before + 1);
    expect(directMessages(jo).at(-1)).toContain('First line\n\\*\\*Second\\*\\* line');
    expect(directMessages(USER_IDS.robin)).toHaveLength(1);
    expect(await services.messenger.tell(haruka, message, 'other')).toBe('closed');
  });

  test('of which it cannot be said whether it arrived is no success', async () => {
    discord.faults.order(...POST, { kind: 'server-error', status: 500 }, { times: 5 });
    await expect(services.messenger.tell(jo, { title: 'A', text: 'b' }, 'lost')).rejects.toThrow();
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
