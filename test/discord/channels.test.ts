import { type APIOverwrite, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';

const bot = await startBot({ catalogue: probeCatalogue().catalogue });
const { discord, services } = bot;
const { staff, welcome, general, support, showcase, leadership } = CHANNEL_IDS;

function overwrite(channelId: string, id: string, type: OverwriteType, allow: bigint, deny: bigint): void {
  const channel = discord.state.guildChannels.get(channelId);
  const one: APIOverwrite = { id, type, allow: allow.toString(), deny: deny.toString() };
  channel?.permission_overwrites?.push(one);
}

test('channels that the bot sees and may write in are reachable, also where everybody else may only read', async () => {
  expect(await services.channels.unreachable([staff, welcome, general])).toEqual(new Set());
});

test('a channel that is hidden from the bot, or gone, is not', async () => {
  const gone = '1099999999999999999';
  expect(await services.channels.unreachable([leadership, staff, gone])).toEqual(new Set([leadership, gone]));
});

test('neither is one in which it may not write; what is said of the bot itself goes before its roles', async () => {
  const { SendMessages } = PermissionFlagsBits;
  overwrite(support, ROLE_IDS.bot, OverwriteType.Role, 0n, SendMessages);
  overwrite(showcase, ROLE_IDS.bot, OverwriteType.Role, 0n, SendMessages);
  overwrite(showcase, discord.state.botId, OverwriteType.Member, SendMessages, 0n);
  expect(await services.channels.unreachable([support, showcase])).toEqual(new Set([support]));
});

test('nothing is asked where no channel was chosen', async () => {
  discord.clearJournal();
  expect(await services.channels.unreachable([])).toEqual(new Set());
  expect(discord.journal).toEqual([]);
});
