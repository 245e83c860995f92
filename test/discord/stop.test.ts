import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

test('a stop lets what runs end, refuses what comes meanwhile, and leaves', async () => {
  const probe = probeCatalogue();
  const bot = await startBot({ catalogue: probe.catalogue });
  await bot.give({ role: 'moderator', preset: 'moderator' });
  const mira = bot.discord.as(USER_IDS.mira);
  const inStaff = { channelId: CHANNEL_IDS.staff };

  const running = await mira.command('probe slow', {}, { ...inStaff, until: 'acknowledged' });
  await vi.waitFor(() => expect(probe.ran).toHaveLength(1));
  const stopped = bot.stop();
  const late = await mira.command('probe see', {}, inStaff);
  expect(late.kind).toBe('message');
  expect(probe.ran).toHaveLength(1);
  expect(await mira.autocomplete('probe find', { thing: 'x' }, 'thing', inStaff)).toEqual([]);

  probe.release();
  await stopped;
  expect(textOf(running.message)).toBe('at last');
  expect(bot.discord.connections).toBe(0);
  expect(await bot.store.sql`select from owed_answers`).toHaveLength(0);
});

test('a stop does not wait for Discord to take what it was left with: the next start has it', async () => {
  const probe = probeCatalogue();
  const owedTiming = { keepAfterMs: 20, lookMs: 50, abandonedAfterMs: 5_000 };
  const bot = await startBot({ catalogue: probe.catalogue, owedTiming });
  await bot.give({ role: 'moderator', preset: 'moderator' });
  bot.discord.faults.order('PATCH', '*', { kind: 'server-error', status: 500 }, { times: 4 });
  bot.discord.faults.order('PATCH', '*', { kind: 'slow', delayMs: 60_000 }, { times: 10 });
  await bot.discord.as(USER_IDS.mira).command('probe see', {}, { channelId: CHANNEL_IDS.staff, until: 'acknowledged' });
  await expect.poll(() => bot.observations.at(-1)?.status, { timeout: 5_000 }).toBe('waiting');
  // Long enough for the next look to be under way.
  await delay(500);
  await bot.stop();
  expect(await bot.store.sql`select from owed_answers`).toHaveLength(1);
});
