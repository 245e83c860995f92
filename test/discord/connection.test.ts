import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

const probe = probeCatalogue();
const bot = await startBot({ catalogue: probe.catalogue });
const { discord } = bot;
await bot.give({ role: 'moderator', preset: 'moderator' });

const mira = discord.as(USER_IDS.mira);
const inStaff = { channelId: CHANNEL_IDS.staff };

const CALLBACK = '/interactions/:id/:token/callback';
const ORIGINAL = '/webhooks/:applicationId/:token/messages/:messageId';
const WEBHOOK = '/webhooks/:applicationId/:token';

const calls = (method: string, route: string) =>
  discord.journal.filter((entry) => entry.method === method && entry.route === route);

beforeEach(() => {
  probe.ran.length = 0;
  discord.faults.clear();
  discord.clearJournal();
});

describe('registering', () => {
  test('is done once: the next start finds its commands and writes nothing', async () => {
    const again = await bot.another();
    await again.stop();
    expect(discord.journal.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('is done again when a command has changed', async () => {
    const [first, ...others] = probe.catalogue.commands;
    if (!first) throw new Error('no command');
    const changed = { ...probe.catalogue, commands: [{ ...first, description: 'See something else' }, ...others] };
    const again = await bot.another({ catalogue: changed });
    await again.stop();
    expect(discord.journal.filter(({ method }) => method === 'PUT').map(({ path }) => path)).toEqual([
      expect.stringContaining('/guilds/'),
    ]);
    await (await bot.another()).stop();
  });
});

describe('an acknowledgement', () => {
  test('whose answer is lost is not lost itself', async () => {
    discord.faults.order('POST', CALLBACK, { kind: 'reset', afterActing: true });
    const answer = await mira.command('probe see', {}, inStaff);
    expect(textOf(answer.message)).toBe('seen');
    expect(probe.ran).toHaveLength(1);
  });

  test('is tried again when Discord stumbles', async () => {
    discord.faults.order('POST', CALLBACK, { kind: 'server-error', status: 503 });
    expect(textOf((await mira.command('probe see', {}, inStaff)).message)).toBe('seen');
  });

  test('that Discord never takes runs nothing', async () => {
    discord.faults.order('POST', CALLBACK, { kind: 'server-error', status: 500 }, { times: 2 });
    await mira.command('probe see', {}, { ...inStaff, timeoutMs: 1_000 });
    await vi.waitFor(() => expect(bot.observations.at(-1)).toMatchObject({ status: 'expired' }));
    expect(probe.ran).toHaveLength(0);
  });
});

describe('an answer', () => {
  test('arrives though Discord stumbles twice', async () => {
    discord.faults.order('PATCH', ORIGINAL, { kind: 'server-error', status: 502 }, { times: 2 });
    expect(textOf((await mira.command('probe see', {}, inStaff)).message)).toBe('seen');
  });

  test('waits as long as Discord asks', async () => {
    discord.faults.order('PATCH', ORIGINAL, { kind: 'rate-limit', retryAfterSeconds: 0.3 });
    expect(textOf((await mira.command('probe see', {}, inStaff)).message)).toBe('seen');
    expect(calls('PATCH', ORIGINAL)).toHaveLength(2);
  });

  test('never appears twice, even when nobody knows whether it arrived', async () => {
    await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);
    discord.faults.order('POST', WEBHOOK, { kind: 'reset', afterActing: true });
    await mira.command('probe secret', {}, inStaff);
    await vi.waitFor(() => expect(bot.observations).not.toHaveLength(0));
    await mira.command('probe see', {}, inStaff);
    expect(calls('POST', WEBHOOK)).toHaveLength(1);
    await bot.set('staffChannelIds', []);
  });

  test('that comes after fifteen minutes is counted as expired', async () => {
    const answer = await mira.command('probe slow', {}, { ...inStaff, until: 'acknowledged' });
    await vi.waitFor(() => expect(probe.ran).toHaveLength(1));
    discord.clock.advance(16 * 60_000);
    probe.release();
    await vi.waitFor(() => expect(bot.observations.at(-1)).toMatchObject({ command: 'probe slow', status: 'expired' }));
    expect(answer.message === null || textOf(answer.message) === '').toBe(true);
  });
});

describe('the connection', () => {
  test('comes back when the socket breaks', async () => {
    discord.faults.dropSockets();
    await vi.waitFor(() => expect(discord.connections).toBe(1), { timeout: 8_000 });
    expect(textOf((await mira.command('probe see', {}, inStaff)).message)).toBe('seen');
  });

  test('comes back when Discord asks for it', async () => {
    discord.faults.askToReconnect();
    await mira.command('probe see', {}, { ...inStaff, timeoutMs: 8_000 });
    await vi.waitFor(async () => expect(await bot.bot.connected()).toBe(true), { timeout: 8_000 });
  });
});

test('of two processes given one press, both know it as the same one', async () => {
  const second = await bot.another();
  const { message } = await mira.command('probe card', {}, inStaff);
  if (!message) throw new Error('no card');
  probe.ran.length = 0;
  const answer = await mira.press(message, 'Yes');
  await answer.settled;
  const runs = () => [...bot.observations, ...second.observations].filter(({ command }) => command === 'act once');
  await vi.waitFor(() => expect(runs()).toHaveLength(2));
  const acted = probe.ran.filter(({ command }) => command === 'act once');
  expect(new Set(acted.map(({ request }) => request.interactionId))).toEqual(new Set([answer.interactionId]));
  expect(await bot.store.sql`select from component_presses`).toHaveLength(1);
  await second.stop();
});
