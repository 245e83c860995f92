import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';
import { PING, RawBot } from './raw-bot.ts';

let discord: LocalDiscord;

beforeEach(async () => {
  discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }) });
});
afterEach(() => discord.stop());

const ping = () =>
  discord.as(USER_IDS.mira).command('ping', {}, { channelId: CHANNEL_IDS.staff, until: 'acknowledged' });

test('a connection is greeted, identified and answered at each heartbeat', async () => {
  const bot = await RawBot.connect(discord);
  bot.send(GatewayOpcodes.Heartbeat, 2);
  await bot.frame(({ op }) => op === GatewayOpcodes.HeartbeatAck);
  expect(bot.frames.map(({ op, t }) => t ?? op)).toEqual([
    GatewayOpcodes.Hello,
    'READY',
    'GUILD_CREATE',
    GatewayOpcodes.HeartbeatAck,
  ]);
  expect(discord.connections).toBe(1);
});

test('a wrong token is refused with 4004', async () => {
  const bot = await RawBot.open(discord);
  bot.send(GatewayOpcodes.Identify, { token: 'wrong', intents: 1, properties: {} });
  expect(await bot.closed()).toBe(GatewayCloseCodes.AuthenticationFailed);
});

test('a privileged intent that was not granted is refused with 4014', async () => {
  const bot = await RawBot.open(discord);
  bot.send(GatewayOpcodes.Identify, { token: discord.token, intents: 1 | (1 << 1), properties: {} });
  expect(await bot.closed()).toBe(GatewayCloseCodes.DisallowedIntents);
});

test('a bot that lost its socket resumes and gets the interactions that it missed', async () => {
  const bot = await RawBot.connect(discord);
  await bot.register(PING);
  const ready = bot.frames.find(({ t }) => t === 'READY')?.d as { session_id: string };
  const gone = bot.closed();
  discord.faults.dropSockets();
  await gone;
  const answered = ping();

  const again = await RawBot.open(discord);
  again.send(GatewayOpcodes.Resume, { token: discord.token, session_id: ready.session_id, seq: 2 });
  const interaction = await again.interaction();
  await again.frame(({ t }) => t === 'RESUMED');
  await again.callback(interaction, 4, { content: 'late, but there' });
  expect((await answered).message?.content).toBe('late, but there');
});

test('a session that was given up cannot be resumed', async () => {
  const bot = await RawBot.connect(discord);
  const ready = bot.frames.find(({ t }) => t === 'READY')?.d as { session_id: string };
  const gone = bot.closed();
  bot.close(1000);
  await gone;
  const again = await RawBot.open(discord);
  again.send(GatewayOpcodes.Resume, { token: discord.token, session_id: ready.session_id, seq: 1 });
  expect(await again.frame(({ op }) => op === GatewayOpcodes.InvalidSession)).toMatchObject({ d: false });
});

test('a session waits two minutes for its bot, and then it is over', async () => {
  const bot = await RawBot.connect(discord);
  const ready = bot.frames.find(({ t }) => t === 'READY')?.d as { session_id: string };
  const gone = bot.closed();
  discord.faults.dropSockets();
  await gone;
  discord.clock.advance(121_000);
  const again = await RawBot.open(discord);
  again.send(GatewayOpcodes.Resume, { token: discord.token, session_id: ready.session_id, seq: 2 });
  expect(await again.frame(({ op }) => op === GatewayOpcodes.InvalidSession)).toMatchObject({ d: false });
});

test('of several connections, one that is broken is not the one elected', async () => {
  const [broken, alive] = [await RawBot.connect(discord), await RawBot.connect(discord)];
  await alive.register(PING);
  discord.deliverTo = 'one';
  const gone = broken.closed();
  broken.close(4000);
  await gone;
  await expect.poll(() => discord.connections).toBe(1);
  const answering = ping();
  await alive.answer({ content: 'here' });
  expect((await answering).message?.content).toBe('here');
});

test('a bot is asked to reconnect, and told that its session is invalid, when ordered', async () => {
  const bot = await RawBot.connect(discord);
  discord.faults.askToReconnect();
  discord.faults.invalidateSessions();
  await bot.frame(({ op }) => op === GatewayOpcodes.Reconnect);
  await bot.frame(({ op }) => op === GatewayOpcodes.InvalidSession);
  expect(discord.connections).toBe(0);
});

test('two connections on one token both get an interaction, unless one is elected', async () => {
  const [first, second] = [await RawBot.connect(discord), await RawBot.connect(discord)];
  await first.register(PING);
  const toBoth = ping();
  const [one, other] = [await first.interaction(), await second.interaction()];
  expect(other).toEqual(one);
  expect((await first.callback(one, 4, { content: 'mine' })).status).toBe(204);
  expect((await second.callback(other, 4, { content: 'mine' })).body).toMatchObject({ code: 40060 });
  await toBoth;
  expect(discord.violations).toEqual([]);

  discord.deliverTo = 'one';
  const toOne = ping();
  await first.answer({ content: 'mine alone' });
  await toOne;
  expect(second.interactions()).toHaveLength(1);
});

test('an interaction is delivered again with the same id and token', async () => {
  const bot = await RawBot.connect(discord);
  await bot.register(PING);
  const answering = ping();
  const first = await bot.interaction();
  await bot.callback(first, 4, { content: 'pong' });
  discord.redeliver((await answering).interactionId);
  expect(await bot.interaction()).toEqual(first);
  expect((await bot.callback(first, 4, { content: 'pong' })).body).toMatchObject({ code: 40060 });
  expect(discord.violations).toEqual([]);
});
