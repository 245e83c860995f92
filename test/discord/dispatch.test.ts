import { MessageFlags } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

const probe = probeCatalogue();
const bot = await startBot({ catalogue: probe.catalogue });
const { discord } = bot;
await bot.give({ role: 'moderator', preset: 'moderator' });
await bot.give({ role: 'helper', permission: 'accounts.view' });

const mira = discord.as(USER_IDS.mira);
const sam = discord.as(USER_IDS.sam);
const alex = discord.as(USER_IDS.alex);
const inStaff = { channelId: CHANNEL_IDS.staff };
const inGeneral = { channelId: CHANNEL_IDS.general };

beforeEach(() => {
  probe.ran.length = 0;
  discord.clearJournal();
});

/** The last run is counted a moment after the person has its answer. */
const ended = (run: object) => vi.waitFor(() => expect(bot.observations.at(-1)).toMatchObject(run));

const reached = (command: string) => vi.waitFor(() => expect(probe.ran.map((one) => one.command)).toContain(command));

const routes = () => discord.journal.map(({ method, route }) => `${method} ${route}`);

describe('a slash command', () => {
  test('is acknowledged privately before it runs, and its answer is an edit', async () => {
    const answer = await mira.command('probe see', {}, inStaff);
    expect(textOf(answer.message)).toBe('seen');
    expect(answer.ephemeral).toBe(true);
    expect(discord.violations).toEqual([]);
    expect(routes()).toEqual([
      'POST /interactions/:id/:token/callback',
      'PATCH /webhooks/:applicationId/:token/messages/:messageId',
    ]);
  });

  test('that takes ten seconds is acknowledged at once', async () => {
    const answer = await mira.command('probe slow', {}, { ...inStaff, until: 'acknowledged' });
    expect(answer.kind).toBe('pending');
    expect(answer.ackMs).not.toBeNull();
    await reached('probe slow');
    probe.release();
    await answer.settled;
    expect(textOf(answer.message)).toBe('at last');
  });

  test('without a grant is refused, and neither runs nor leaves a row', async () => {
    const answer = await alex.command('probe see', {}, { ...inGeneral, evenIfHidden: true });
    expect(answer.ephemeral).toBe(true);
    expect(textOf(answer.message)).not.toContain('seen');
    expect(probe.ran).toEqual([]);
    await ended({ command: 'probe see', status: 'refused' });
    expect(await bot.store.sql`select from component_state`).toHaveLength(0);
  });

  test('of members answers in a direct message', async () => {
    const answer = await alex.command('mine', {}, { dm: true });
    expect(textOf(answer.message)).toBe('yours');
    expect(probe.ran[0]?.request.place.kind).toBe('dm');
  });

  test('that fails answers with a reference and nothing of the failure', async () => {
    const answer = await mira.command('probe fail', {}, inStaff);
    expect(textOf(answer.message)).toMatch(/[0-9a-f]{8}/);
    expect(textOf(answer.message)).not.toContain('canary');
    await ended({ command: 'probe fail', status: 'failed' });
  });

  test('delivered twice runs once', async () => {
    const answer = await mira.command('probe slow', {}, { ...inStaff, until: 'acknowledged' });
    await reached('probe slow');
    discord.redeliver(answer.interactionId);
    await mira.command('probe see', {}, inStaff);
    probe.release();
    await answer.settled;
    discord.redeliver(answer.interactionId);
    await mira.command('probe see', {}, inStaff);
    expect(probe.ran.filter(({ command }) => command === 'probe slow')).toHaveLength(1);
  });
});

describe('an outcome', () => {
  test('is private elsewhere, and public in a channel of staff', async () => {
    const elsewhere = await mira.command('probe note', { note: 'hello' }, inGeneral);
    expect(elsewhere.ephemeral).toBe(true);
    await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);
    const answer = await mira.command('probe note', { note: 'hello' }, inStaff);
    expect(textOf(answer.message)).toBe('noted hello');
    expect(answer.ephemeral).toBe(false);
  });

  test('that turns out private leaves nothing in public', async () => {
    await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);
    const before = sam.messagesIn(CHANNEL_IDS.staff).length;
    const answer = await mira.command('probe secret', {}, inStaff);
    const secret = await answer.followUp(1);
    expect(textOf(secret)).toBe('for your eyes only');
    expect((secret.flags ?? 0) & MessageFlags.Ephemeral).not.toBe(0);
    expect(sam.messagesIn(CHANNEL_IDS.staff)).toHaveLength(before);
    expect(discord.violations).toEqual([]);
  });

  test('that may not be, is refused privately without an announcement', async () => {
    await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);
    const answer = await sam.command('probe note', { note: 'hello' }, inStaff);
    expect(answer.ephemeral).toBe(true);
    expect(routes()).toEqual(['POST /interactions/:id/:token/callback']);
  });
});

describe('completion', () => {
  test('offers choices', async () => {
    const choices = await mira.autocomplete('probe find', { thing: 'al' }, 'thing', inStaff);
    expect(choices).toEqual([{ name: 'al of member', value: 'al' }]);
  });

  test('offers nothing to whoever may not run the command', async () => {
    const choices = await alex.autocomplete('probe find', { thing: 'al' }, 'thing', {
      ...inGeneral,
      evenIfHidden: true,
    });
    expect(choices).toEqual([]);
  });

  test('offers nothing rather than answer late', async () => {
    const choices = await mira.autocomplete('probe find', { thing: 'slow' }, 'thing', inStaff);
    probe.release();
    expect(choices).toEqual([]);
  });
});
