import * as published from 'discord-api-spec/zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type $ZodType, safeParse } from 'zod/v4/core';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { strictSchema } from '../../sandbox/discord/strict/strict-schema.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';
import { PING, RawBot } from './raw-bot.ts';

let discord: LocalDiscord;
let bot: RawBot;

beforeAll(async () => {
  discord = await startLocalDiscord({ world: harbourHosting(), limitRates: false });
  bot = await RawBot.connect(discord);
});
afterAll(() => discord.stop());

/** Expects an answer to have the shape that Discord publishes, no field missing and none too many. */
function expectShape(schema: $ZodType, answer: unknown): void {
  const { error } = safeParse(strictSchema(schema), answer);
  expect(error?.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) ?? []).toEqual([]);
}

test.each<[what: string, path: (discord: LocalDiscord) => string, schema: $ZodType]>([
  ['the bot itself', () => '/users/@me', published.UserPIIResponseSchema],
  ['a user', () => `/users/${USER_IDS.alex}`, published.UserResponseSchema],
  ['the application', () => '/applications/@me', published.PrivateApplicationResponseSchema],
  ['the way to the gateway', () => '/gateway/bot', published.GatewayBotResponseSchema],
  ['a guild', ({ guildId }) => `/guilds/${guildId}`, published.GuildWithCountsResponseSchema],
  ['a channel', () => `/channels/${CHANNEL_IDS.general}`, published.GuildChannelResponseSchema],
  ['a member', ({ guildId }) => `/guilds/${guildId}/members/${USER_IDS.alex}`, published.GuildMemberResponseSchema],
])('%s has Discord’s own shape', async (_what, path, schema) => {
  expectShape(schema, (await bot.rest('GET', path(discord))).body);
});

test.each<[what: string, path: (discord: LocalDiscord) => string, schema: $ZodType]>([
  ['roles', ({ guildId }) => `/guilds/${guildId}/roles`, published.GuildRoleResponseSchema],
  ['channels', ({ guildId }) => `/guilds/${guildId}/channels`, published.GuildChannelResponseSchema],
  ['members', ({ guildId }) => `/guilds/${guildId}/members?limit=100`, published.GuildMemberResponseSchema],
  ['earlier messages', () => `/channels/${CHANNEL_IDS.general}/messages`, published.MessageResponseSchema],
])('%s have Discord’s own shape', async (_what, path, schema) => {
  const list = (await bot.rest('GET', path(discord))).body as unknown as unknown[];
  expect(list.length).toBeGreaterThan(1);
  for (const one of list) expectShape(schema, one);
});

test('a message with every kind of component has Discord’s own shape', async () => {
  const components = [
    {
      type: 17,
      components: [
        { type: 10, content: 'A card' },
        {
          type: 9,
          components: [{ type: 10, content: 'Roles' }],
          accessory: { type: 2, style: 1, label: 'Edit', custom_id: 'edit' },
        },
        { type: 14 },
        { type: 1, components: [{ type: 3, custom_id: 'more', options: [{ label: 'History', value: 'history' }] }] },
        { type: 1, components: [{ type: 5, custom_id: 'link' }] },
      ],
    },
  ];
  const { body } = await bot.rest('POST', `/channels/${CHANNEL_IDS.staff}/messages`, { flags: 1 << 15, components });
  expectShape(published.MessageResponseSchema, body);
});

test('a message with an embed, a mention and a reply has Discord’s own shape', async () => {
  const embeds = [{ title: 'Card', fields: [{ name: 'Balance', value: '120' }] }];
  const { body } = await bot.rest('POST', `/channels/${CHANNEL_IDS.staff}/messages`, {
    content: `<@${USER_IDS.alex}>`,
    embeds,
  });
  expectShape(published.MessageResponseSchema, body);
  expect(body).toMatchObject({ mentions: [{ username: 'alex' }] });
});

test('nobody is mentioned who must not be pinged', async () => {
  const content = `<@${USER_IDS.alex}> @everyone`;
  const { body } = await bot.rest('POST', `/channels/${CHANNEL_IDS.staff}/messages`, {
    content,
    allowed_mentions: { parse: [] },
  });
  expect(body).toMatchObject({ content, mentions: [], mention_roles: [], mention_everyone: false });
});

test('a command and the answers to it have Discord’s own shape', async () => {
  const commands = (await bot.register(PING)).body as unknown as unknown[];
  expectShape(published.ApplicationCommandResponseSchema, commands[0]);
  const asked = discord.as(USER_IDS.mira).command('ping', {}, { channelId: CHANNEL_IDS.staff });
  const interaction = await bot.interaction();
  const path = `/interactions/${interaction.id}/${interaction.token}/callback?with_response=true`;
  const callback = await bot.rest('POST', path, { type: 4, data: { content: 'pong' } });
  expectShape(published.InteractionCallbackResponseSchema, callback.body);
  expectShape(published.MessageResponseSchema, (await bot.followUp(interaction, { content: 'and more' })).body);
  expectShape(published.MessageResponseSchema, (await bot.editOriginal(interaction, { content: 'ping' })).body);
  await asked;
});
