import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { State } from './state.ts';

const ALL = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** What everybody may do in a direct conversation, as Discord reports it to bots. */
export const DIRECT_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands;

/**
 * A member's permissions in a channel, or in the guild as a whole without one, computed as Discord does
 * (https://discord.com/developers/docs/topics/permissions#permission-overwrites).
 */
export function permissionsOf(state: State, userId: string, channelId?: string): bigint {
  const member = state.members.get(userId);
  if (member === undefined) return 0n;
  if (userId === state.guild.ownerId) return ALL;
  const roleIds = [state.guild.id, ...member.roles];
  let permissions = roleIds.reduce((sum, id) => sum | BigInt(state.roles.get(id)?.permissions ?? '0'), 0n);
  if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return ALL;

  const overwrites =
    (channelId === undefined ? undefined : state.guildChannels.get(channelId)?.permission_overwrites) ?? [];
  const layers = [
    overwrites.filter(({ id }) => id === state.guild.id),
    overwrites.filter(
      ({ id, type }) => type === OverwriteType.Role && id !== state.guild.id && member.roles.includes(id),
    ),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === userId),
  ];
  for (const layer of layers) {
    for (const { deny } of layer) permissions &= ~BigInt(deny);
    for (const { allow } of layer) permissions |= BigInt(allow);
  }
  return permissions;
}

export function may(state: State, userId: string, channelId: string, needed: bigint): boolean {
  const direct = state.directChannels.get(channelId);
  if (direct !== undefined) return direct.userIds.includes(userId);
  return (permissionsOf(state, userId, channelId) & needed) === needed;
}

export function maySee(state: State, userId: string, channelId: string): boolean {
  return may(state, userId, channelId, PermissionFlagsBits.ViewChannel);
}
