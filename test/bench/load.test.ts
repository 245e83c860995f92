import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { BOTS, BotProcess, COMPILE_CACHE } from '../../bench/bot.ts';
import { seed } from '../../bench/database.ts';
import { RemoteDiscord } from '../../bench/discord/remote.ts';
import { viewing } from '../../bench/parts/loads.ts';
import { processCpuMs, residentBytes } from '../../bench/process-usage.ts';
import { testDatabase } from '../harness/database.ts';

const load = viewing({ atOnce: 8 }, 200);

test('a load counts good answers, and a quick refusal is none', async () => {
  await using opened = new AsyncDisposableStack();
  const database = await testDatabase();
  opened.defer(() => database.drop());
  const discord = opened.use(await RemoteDiscord.start());
  const environment = {
    DISCORD_API_URL: discord.address.apiUrl,
    DISCORD_TOKEN: discord.address.token,
    DATABASE_URL: database.url,
  };
  const ready = discord.botReady();
  const bot = opened.use(await BotProcess.start('floor', environment));
  await Promise.race([ready, bot.failed]);

  const refused = await discord.run(load);
  expect(refused.firstFailure).toContain('You have no account.');
  expect(refused.failures).toBeGreaterThan(0);

  await seed(database.url);
  const answered = await discord.run(load);
  expect(answered).toMatchObject({ failures: 0, firstFailure: null });
  expect(answered.answers).toBeGreaterThanOrEqual(8);
  expect(answered.acknowledgeP99Ms).toBeGreaterThan(0);

  if (process.platform === 'linux') {
    expect(processCpuMs(bot.pid)).toBeGreaterThan(0);
    expect(residentBytes(bot.pid)).toBeGreaterThan(10e6);
  }
});

test('a bot that ends before its time is said to have failed, with its last words', async () => {
  await using bot = await BotProcess.start('floor', {});
  await expect(bot.failed).rejects.toThrow('DISCORD_TOKEN is not set.');
});

test('Steward is measured as `npm start` starts it', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
  const started = scripts.start
    .split(' ')
    .map((word: string) => (/^\.\/|\.ts$/.test(word) ? path.resolve(word) : word));
  expect(started).toEqual(['node', '--import', COMPILE_CACHE, BOTS.steward.program]);
});
