/** Questions about a world that several parts of the page ask. All pure. */
import type { APIChannel, APIMessage, APIRole, APIUser } from 'discord-api-types/v10';
import type { World } from './state.ts';

/** A user's name as this guild shows it: nickname, then display name, then user name. */
export function displayName(world: World, userId: string): string {
  const user = world.users[userId];
  return world.members[userId]?.nick ?? user?.global_name ?? user?.username ?? 'Unknown user';
}

/** What one calls a sample person: the first of their names. */
export function firstName(user: APIUser): string {
  const name = user.global_name ?? user.username;
  return name.split(' ', 1)[0] ?? name;
}

/** The colour of a user's highest coloured role, as the stylesheet takes it; nothing without one. */
export function nameStyle(world: World, userId: string): Record<string, string> {
  const coloured = rolesOf(world, userId).find(({ color }) => color !== 0);
  return coloured ? { '--name-colour': hexColour(coloured.color) } : {};
}

/** A user's roles, highest first, without @everyone. */
export function rolesOf(world: World, userId: string): APIRole[] {
  const held = world.members[userId]?.roles ?? [];
  return (world.guild?.roles ?? [])
    .filter(({ id }) => held.includes(id))
    .toSorted((one, other) => other.position - one.position);
}

export function hexColour(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}

/** The person on the other side of a direct message. */
export function recipientOf(world: World, channel: APIChannel): APIUser | undefined {
  const recipients = 'recipients' in channel ? channel.recipients : undefined;
  return recipients?.find(({ id }) => id !== world.me.id) ?? recipients?.[0];
}

/** What a channel is called in text: `#staff` or `@Steward`. */
export function channelLabel(world: World, channel: APIChannel): string {
  const recipient = channel.type === 1 ? recipientOf(world, channel) : undefined;
  return recipient ? `@${displayName(world, recipient.id)}` : `#${channel.name ?? 'unknown'}`;
}

export function findChannel(world: World, channelId: string): APIChannel | undefined {
  return allChannels(world).find(({ id }) => id === channelId);
}

export function allChannels(world: World): APIChannel[] {
  return [...(world.guild?.channels.filter(({ type }) => type !== 4 /* a category */) ?? []), ...world.dms];
}

/** The bot under trial: the one user that is a bot. */
export function botOf(world: World): APIUser | undefined {
  return Object.values(world.users).find(({ bot }) => bot);
}

export function botDm(world: World): APIChannel | undefined {
  return world.dms.find((channel) => recipientOf(world, channel)?.bot);
}

/** What somebody wrote, or asked for, is no news to them. */
export function isOwnDoing({ author, interaction_metadata }: APIMessage, userId: string): boolean {
  return author.id === userId || interaction_metadata?.user.id === userId;
}

export interface Unread {
  /** Messages by others that came after the last one read. */
  count: number;
  /** Those that mention this person; in a direct message, all. */
  mentions: number;
}

export function unreadIn(world: World, channel: APIChannel): Unread {
  const readUpTo = BigInt(world.read[channel.id] ?? '0');
  const unread = (world.messages[channel.id] ?? []).filter(
    (message) => !isOwnDoing(message, world.me.id) && BigInt(message.id) > readUpTo,
  );
  const mentions = channel.type === 1 ? unread : unread.filter((message) => mentionsMe(world, message));
  return { count: unread.length, mentions: mentions.length };
}

export function mentionsMe(world: World, message: APIMessage): boolean {
  if (message.author.id === world.me.id) return false;
  const roles = world.members[world.me.id]?.roles ?? [];
  return (
    message.mention_everyone ||
    message.mentions.some(({ id }) => id === world.me.id) ||
    message.mention_roles.some((id) => roles.includes(id))
  );
}
