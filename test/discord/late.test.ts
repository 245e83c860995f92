/** Answers for which Discord has no place any more, or none for a while: each reaches its reader, and nobody else. */
import type { APIMessage } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

const probe = probeCatalogue();
const owedTiming = { keepAfterMs: 20, lookMs: 50, abandonedAfterMs: 5_000 };
const bot = await startBot({ catalogue: probe.catalogue, owedTiming });
const { discord, store } = bot;
await bot.give({ role: 'moderator', preset: 'moderator' });
await bot.give({ role: 'member', preset: 'moderator' });
await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);

const mira = USER_IDS.mira;
/** Accepts no direct messages. */
const haruka = USER_IDS.haruka ?? '';

const EDIT = ['PATCH', '/webhooks/:applicationId/:token/messages/:messageId'] as const;
const FOLLOW_UP = ['POST', '/webhooks/:applicationId/:token'] as const;
const LIFE_MS = 15 * 60_000;
const INVALID_WEBHOOK_TOKEN = 50_027;

/** What everybody there can read. */
const messagesIn = (channelId: string): APIMessage[] =>
  discord
    .messagesIn(channelId)
    .filter(({ visibleTo }) => visibleTo === null)
    .map(({ message }) => message);
const directMessages = (userId: string) => messagesIn(discord.state.directChannelOf(userId, discord.state.botId).id);
const last = (messages: readonly APIMessage[]) => textOf(messages.at(-1) ?? null);
const owed = async () => Number((await store.sql`select from owed_answers`).count);

/** Asks, and lets the answer come when its time has passed. */
async function askTooLong(userId: string, command: string, channelId: string = CHANNEL_IDS.staff) {
  const runs = bot.observations.length;
  const began = probe.ran.length;
  const answer = await discord
    .as(userId)
    .command(command, {}, { channelId, until: 'acknowledged', timeoutMs: 1_500, evenIfHidden: true });
  await vi.waitFor(() => expect(probe.ran).toHaveLength(began + 1));
  discord.clock.advance(LIFE_MS + 1_000);
  probe.release();
  await vi.waitFor(() => expect(bot.observations).toHaveLength(runs + 1));
  return { answer, run: bot.observations.at(-1) };
}

beforeEach(() => {
  discord.faults.clear();
  discord.clearJournal();
  for (const stored of discord.messagesIn(discord.state.directChannelOf(mira, discord.state.botId).id)) {
    discord.state.deleteMessage(stored);
  }
  // Harbour Hosting lets members into no staff channel; this member of staff was only just hired.
  discord.state.setMemberRoles(haruka, [ROLE_IDS.member, ROLE_IDS.moderator]);
});

/** That the token had died is nothing that the bot could know. */
function expectDeadToken(): void {
  expect(discord.violations.map(({ code }) => code)).toEqual([INVALID_WEBHOOK_TOKEN]);
}

describe('an answer that comes when its fifteen minutes have passed', () => {
  test('reaches the person directly, without buttons, and says where it was asked', async () => {
    const { run } = await askTooLong(mira, 'probe slow-outcome');
    expect(last(directMessages(mira))).toContain('done at last');
    expect(last(directMessages(mira))).toContain(`<#${CHANNEL_IDS.staff}>`);
    expect(JSON.stringify(directMessages(mira).at(-1)?.components)).not.toContain('custom_id');
    expect(run).toMatchObject({ status: 'expired' });
    expect(last(messagesIn(CHANNEL_IDS.staff))).not.toContain('done at last');
    await expect.poll(owed).toBe(0);
    expectDeadToken();
  });

  test('stands in the staff channel where the person accepts no direct messages and everybody was to read it', async () => {
    await askTooLong(haruka, 'probe slow-outcome');
    const [said] = messagesIn(CHANNEL_IDS.staff).slice(-1);
    expect(textOf(said ?? null)).toContain('done at last');
    expect(textOf(said ?? null)).toContain(`<@${haruka}>`);
    expect(said?.mentions).toEqual([]);
    expectDeadToken();
  });

  test('stands in no channel where it was private, or the channel is not staff’s', async () => {
    const before = messagesIn(CHANNEL_IDS.staff).length;
    await askTooLong(haruka, 'probe slow');
    expect(messagesIn(CHANNEL_IDS.staff)).toHaveLength(before);
    await askTooLong(haruka, 'probe slow-outcome', CHANNEL_IDS.general);
    expect(JSON.stringify(messagesIn(CHANNEL_IDS.general))).not.toContain('done at last');
  });

  test.each(['probe slow-secret', 'probe slow-file'])(
    'holds nothing that is for its own place alone: %s',
    async (command) => {
      await askTooLong(mira, command);
      expect(last(directMessages(mira))).toContain('came too late to be shown');
      expect(JSON.stringify(directMessages(mira))).not.toContain('hunter2');
    },
  );

  test('arrives once, though Discord lost its own answer to it', async () => {
    const before = directMessages(mira).length;
    discord.faults.order('POST', '/channels/:channelId/messages', { kind: 'reset', afterActing: true }, { times: 5 });
    await askTooLong(mira, 'probe slow');
    discord.faults.clear();
    await expect.poll(owed).toBe(0);
    expect(directMessages(mira).length).toBe(before + 1);
  });
});

describe('an answer that Discord fails to take', () => {
  test('is given once it takes answers again', async () => {
    discord.faults.order(...EDIT, { kind: 'server-error', status: 503 }, { times: 6 });
    const answer = await discord
      .as(mira)
      .command('probe see', {}, { channelId: CHANNEL_IDS.staff, until: 'acknowledged', timeoutMs: 15_000 });
    await answer.settled;
    expect(bot.observations.at(-1)).toMatchObject({ status: 'waiting' });
    await expect.poll(owed, { timeout: 5_000 }).toBe(0);
    expect(textOf(answer.message)).toContain('ask again');
    expect(discord.violations).toEqual([]);
  });

  test('is sent again where a private one stands beside a public promise', async () => {
    const before = probe.ran.length;
    discord.faults.order(...FOLLOW_UP, { kind: 'rate-limit', retryAfterSeconds: 0.05 }, { times: 2 });
    const answer = await discord.as(mira).command('probe secret', {}, { channelId: CHANNEL_IDS.staff });
    expect(textOf(answer.message ?? (await answer.followUp(1)))).toContain('for your eyes only');
    expect(probe.ran).toHaveLength(before + 1);
  });
});

test('an answer whose place somebody took away reaches the person directly', async () => {
  const began = probe.ran.length;
  await discord
    .as(mira)
    .command('probe slow-outcome', {}, { channelId: CHANNEL_IDS.staff, until: 'acknowledged', timeoutMs: 1_500 });
  await vi.waitFor(() => expect(probe.ran).toHaveLength(began + 1));
  const waiting = discord.messagesIn(CHANNEL_IDS.staff).at(-1);
  if (waiting) discord.state.deleteMessage(waiting);
  probe.release();
  await vi.waitFor(() => expect(last(directMessages(mira))).toContain('done at last'));
});
