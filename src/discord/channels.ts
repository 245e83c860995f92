/** Where the bot can post: asked of Discord when somebody looks, because a message that is refused later is seen by nobody. */
import { DiscordAPIError, type REST } from '@discordjs/rest';
import {
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  type APITextChannel,
  type APIUser,
  PermissionFlagsBits,
  Routes,
} from 'discord-api-types/v10';
import type { Channels } from '../services/context.ts';

/** Nobody waits longer for a remark beside a channel. */
const ASKED_WITHIN_MS = 2_000;

const POSTING = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;

/** The bot's own standing in its guild. */
interface Standing {
  readonly userId: string;
  readonly guildId: string;
  readonly roles: readonly APIRole[];
}

export function createChannels(rest: REST, homeGuildId: string): Channels {
  async function standing(signal: AbortSignal): Promise<Standing> {
    const { id: userId } = (await rest.get(Routes.user('@me'), { signal })) as APIUser;
    const [member, roles] = await Promise.all([
      rest.get(Routes.guildMember(homeGuildId, userId), { signal }) as Promise<APIGuildMember>,
      rest.get(Routes.guildRoles(homeGuildId), { signal }) as Promise<APIRole[]>,
    ]);
    const held = new Set([homeGuildId, ...member.roles]);
    return { userId, guildId: homeGuildId, roles: roles.filter(({ id }) => held.has(id)) };
  }

  /** Null where the channel is gone, or hidden from the bot. */
  async function channelOf(id: string, signal: AbortSignal): Promise<APITextChannel | null> {
    try {
      return (await rest.get(Routes.channel(id), { signal })) as APITextChannel;
    } catch (error) {
      if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return null;
      throw error;
    }
  }

  return {
    async unreachable(channelIds) {
      if (channelIds.length === 0) return new Set();
      const signal = AbortSignal.timeout(ASKED_WITHIN_MS);
      const [own, ...channels] = await Promise.all([
        standing(signal),
        ...channelIds.map((id) => channelOf(id, signal)),
      ]);
      return new Set(channelIds.filter((_, index) => !mayPost(own, channels[index]?.permission_overwrites)));
    },
  };
}

/**
 * @param overwrites of a channel; absent, there is no such channel for the bot.
 * @see https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
function mayPost({ userId, guildId, roles }: Standing, overwrites: readonly APIOverwrite[] | undefined): boolean {
  if (!overwrites) return false;
  const inGuild = roles.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((inGuild & PermissionFlagsBits.Administrator) !== 0n) return true;
  const layers = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(({ id }) => id !== guildId && roles.some((role) => role.id === id)),
    overwrites.filter(({ id }) => id === userId),
  ];
  const inChannel = layers.reduce(
    (permissions, layer) => (permissions & ~unionOf(layer, 'deny')) | unionOf(layer, 'allow'),
    inGuild,
  );
  return (inChannel & POSTING) === POSTING;
}

function unionOf(overwrites: readonly APIOverwrite[], side: 'allow' | 'deny'): bigint {
  return overwrites.reduce((sum, overwrite) => sum | BigInt(overwrite[side]), 0n);
}
