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
