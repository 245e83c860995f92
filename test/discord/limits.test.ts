import { expect, test } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { BUCKET_LIMITS } from '../../src/discord/buckets.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

test('a flood by one person is answered by a sentence, and reaches no command', async () => {
  const probe = probeCatalogue();
  const bot = await startBot({ catalogue: probe.catalogue, limits: BUCKET_LIMITS });
  await bot.give({ role: 'moderator', preset: 'moderator' });
  const { discord } = bot;
  const mira = discord.as(USER_IDS.mira);
  const inStaff = { channelId: CHANNEL_IDS.staff };

  for (let act = 0; act < 10; act += 1) await mira.command('probe see', {}, inStaff);
  const answers = await Promise.all(Array.from({ length: 20 }, () => mira.command('probe see', {}, inStaff)));
  expect(probe.ran).toHaveLength(10);
  expect(answers.every(({ kind, ephemeral }) => kind === 'message' && ephemeral)).toBe(true);

  const other = await discord.as(USER_IDS.alex).command('mine', {}, { dm: true });
  expect(textOf(other.message)).toBe('yours');
});
