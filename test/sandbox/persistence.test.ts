import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { PING, RawBot } from './raw-bot.ts';

let folder: string;
let dataFile: string;
const running: LocalDiscord[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-discord-'));
  dataFile = join(folder, 'discord.json');
});
afterEach(async () => {
  for (const discord of running.splice(0)) await discord.stop();
  await rm(folder, { recursive: true });
});

async function start(): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({ world: harbourHosting(), dataFile });
  running.push(discord);
  return discord;
}

async function live(discord: LocalDiscord): Promise<void> {
  const bot = await RawBot.connect(discord);
  await bot.register(PING);
  const mira = discord.as(USER_IDS.mira);
  const said = mira.say(CHANNEL_IDS.staff, 'keep this');
  const secret = mira.command('ping', {}, { channelId: CHANNEL_IDS.staff });
  await bot.answer({ content: 'for you alone', flags: 64 });
  await secret;
  const channel = await bot.rest('POST', '/users/@me/channels', { recipient_id: USER_IDS.alex });
  await bot.rest('POST', `/channels/${channel.body.id}/messages`, { content: 'hello Alex' });
  discord.state.markRead(USER_IDS.mira, CHANNEL_IDS.staff, said.id);
  discord.state.setMemberRoles(USER_IDS.jo, [ROLE_IDS.helper]);
}

function expectAlive(discord: LocalDiscord): void {
  const staff = discord.messagesIn(CHANNEL_IDS.staff).map(({ message }) => message.content);
  expect(staff.at(-1)).toBe('keep this');
  expect(staff).toHaveLength(new Set(staff).size);
  expect(discord.dmsOf(USER_IDS.alex).map(({ message }) => message.content)).toEqual(['hello Alex']);
  expect(discord.state.readMarks.get(USER_IDS.mira)?.get(CHANNEL_IDS.staff)).toBe(
    discord.messagesIn(CHANNEL_IDS.staff).at(-1)?.message.id,
  );
  expect(discord.state.commands.all().map(({ name }) => name)).toEqual(['ping']);
  expect(discord.state.members.get(USER_IDS.jo)?.roles).toEqual([ROLE_IDS.helper]);
}

test('after a stop, everything but ephemeral messages is there again', async () => {
  const before = await start();
  await live(before);
  await before.stop();
  expectAlive(await start());
});

test('after a kill, everything that had a moment to be written is there again', async () => {
  const killed = await start();
  await live(killed);
  // A killed process writes nothing more: what is on disk by now is all that its successor gets.
  await vi.waitFor(async () => expect(await readFile(dataFile, 'utf8')).toContain(`${ROLE_IDS.helper}"]`), {
    timeout: 5_000,
  });
  const copy = join(folder, 'copy.json');
  await writeFile(copy, await readFile(dataFile));
  const next = await startLocalDiscord({ world: harbourHosting(), dataFile: copy });
  running.push(next);
  expectAlive(next);
});

test('a kill in the middle of writing leaves the world as it was', async () => {
  const before = await start();
  await live(before);
  await before.stop();
  await writeFile(`${dataFile}.new`, '{"version":1,"messages":[{"id"');
  expectAlive(await start());
});

test('files outlive the process and are found at its new address', async () => {
  const before = await start();
  const bot = await RawBot.connect(before);
  const form = new FormData();
  form.set(
    'payload_json',
    JSON.stringify({ content: 'the list', attachments: [{ id: 0, description: 'all of them' }] }),
  );
  form.set('files[0]', new File(['a,b'], 'list.csv', { type: 'text/csv' }));
  const headers = { authorization: `Bot ${before.token}` };
  await fetch(`${before.apiUrl}/v10/channels/${CHANNEL_IDS.staff}/messages`, { method: 'POST', headers, body: form });
  bot.close();
  await before.stop();

  const after = await start();
  const [attachment] = after.messagesIn(CHANNEL_IDS.staff).at(-1)?.message.attachments ?? [];
  expect(attachment).toMatchObject({ filename: 'list.csv', description: 'all of them', content_type: 'text/csv' });
  expect(attachment?.url.startsWith(after.origin)).toBe(true);
  expect(await (await fetch(attachment?.url ?? '')).text()).toBe('a,b');
  expect(await readdir(folder)).toEqual(['discord.json', 'discord.json.attachments']);
});

test('a channel forgets its oldest messages, so that memory stays bounded', async () => {
  const discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), messagesPerChannel: 10 });
  running.push(discord);
  for (let number = 1; number <= 25; number += 1) discord.as(USER_IDS.mira).say(CHANNEL_IDS.staff, `${number}`);
  expect(discord.messagesIn(CHANNEL_IDS.staff).map(({ message }) => message.content)).toEqual([
    '16',
    '17',
    '18',
    '19',
    '20',
    '21',
    '22',
    '23',
    '24',
    '25',
  ]);
});
