import {
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  type APIUser,
  ChannelType,
  type GuildMemberFlags,
  OverwriteType,
  PermissionFlagsBits,
  type RoleFlags,
  type UserFlags,
} from 'discord-api-types/v10';
import { snowflakeAt } from './discord/snowflake.ts';
import type { GuildChannel, World } from './discord/world.ts';
import { history } from './world/history.ts';
import { MEMBERS, PEOPLE, type Resident, type SampleName } from './world/residents.ts';

/** When Harbour Hosting opened its server. Ids must stay the same from run to run, so this moment is fixed. */
const OPENED_AT_MS = Date.UTC(2023, 2, 14, 9, 30);
const MINUTE_MS = 60_000;

/** Ids by name, for tests and for the sandbox's own seed. Fixed for ever: stored accounts are linked to them. */
const idAt = (minute: number): string => snowflakeAt(OPENED_AT_MS + minute * MINUTE_MS);

const GUILD_ID = idAt(0);
const APPLICATION_ID = idAt(90);

export const ROLE_IDS = {
  everyone: GUILD_ID,
  administrator: idAt(1),
  moderator: idAt(2),
  helper: idAt(3),
  accountant: idAt(4),
  member: idAt(5),
  bot: idAt(91),
} as const;

export const CHANNEL_IDS = {
  information: idAt(10),
  welcome: idAt(11),
  announcements: idAt(12),
  community: idAt(13),
  general: idAt(14),
  support: idAt(15),
  showcase: idAt(16),
  team: idAt(17),
  staff: idAt(18),
  staffAudit: idAt(19),
  accounting: idAt(20),
  leadership: idAt(21),
} as const;

const RESIDENTS: readonly Resident[] = [...PEOPLE, ...MEMBERS];

/** User ids of the sample people and of every other resident, by user name. */
export const USER_IDS = Object.fromEntries(
  RESIDENTS.map(({ username }, index) => [username, idAt(1_000 + index * 37)]),
) as Readonly<Record<string, string>> & Readonly<Record<SampleName, string>>;

export interface WorldOptions {
  /** Milliseconds since the Unix epoch that the history leads up to. */
  nowMs?: number;
  /** Same seed, same world. */
  seed?: number;
  /** Without it the channels are empty, as most tests want them. */
  withHistory?: boolean;
}

/** Harbour Hosting: a small hosting company's community, invented for the sandbox. */
export function harbourHosting({ nowMs = Date.now(), seed = 1, withHistory = true }: WorldOptions = {}): World {
  const users = RESIDENTS.map(userOf);
  const channels = channelsOf();
  return {
    application: { id: APPLICATION_ID, name: 'Steward', bot: botUser() },
    guild: { id: GUILD_ID, name: 'Harbour Hosting', ownerId: userId('ada') },
    roles: rolesOf(),
    channels,
    users,
    members: [botMember(), ...RESIDENTS.filter(({ inGuild }) => inGuild !== false).map(memberOf)],
    people: PEOPLE.map(({ username, about }, index) => ({ userId: userId(username), about, key: String(index + 1) })),
    openAs: userId('mira'),
    directChannels: [],
    messages: withHistory ? history({ users, channelIds: CHANNEL_IDS, nowMs, seed }) : [],
    closedDmUserIds: RESIDENTS.filter(({ closedDms }) => closedDms).map(({ username }) => userId(username)),
  };
}

function userId(username: string): string {
  const id = USER_IDS[username];
  if (id === undefined) throw new Error(`Nobody is called ${username}.`);
  return id;
}

function userOf({ username, name }: Pick<Resident, 'username' | 'name'>): APIUser {
  return {
    id: userId(username),
    username,
    discriminator: '0',
    global_name: name,
    avatar: null,
    banner: null,
    accent_color: null,
    public_flags: 0 as UserFlags,
    flags: 0 as UserFlags,
  };
}

function botUser(): APIUser {
  return {
    id: APPLICATION_ID,
    username: 'Steward',
    discriminator: '4071',
    global_name: null,
    avatar: null,
    bot: true,
    verified: true,
    mfa_enabled: true,
    flags: 0 as UserFlags,
    public_flags: 0 as UserFlags,
  };
}

function memberOf({ username, name, nickname, roles }: Resident, index: number): APIGuildMember {
  return member(
    userOf({ username, name }),
    roles.map((role) => ROLE_IDS[role]),
    OPENED_AT_MS + (1_000 + index * 37) * MINUTE_MS,
    nickname ?? null,
  );
}

function botMember(): APIGuildMember {
  return member(botUser(), [ROLE_IDS.bot], OPENED_AT_MS + 90 * MINUTE_MS, null);
}

function member(user: APIUser, roles: string[], joinedAtMs: number, nick: string | null): APIGuildMember {
  return {
    user,
    nick,
    avatar: null,
    banner: null,
    roles,
    joined_at: new Date(joinedAtMs).toISOString(),
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0 as GuildMemberFlags,
  };
}

const TALK =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.UseApplicationCommands;

function rolesOf(): APIRole[] {
  const { Administrator, BanMembers, KickMembers, ManageMessages, ManageRoles, ModerateMembers } = PermissionFlagsBits;
  return [
    role(ROLE_IDS.everyone, '@everyone', 0, TALK, 0),
    role(ROLE_IDS.member, 'Member', 1, TALK, 0x8a94a6),
    role(ROLE_IDS.accountant, 'Accountant', 2, TALK, 0xd9a441),
    role(ROLE_IDS.helper, 'Helper', 3, TALK | ManageMessages, 0x4fb286),
    role(
      ROLE_IDS.moderator,
      'Moderator',
      4,
      TALK | ManageMessages | KickMembers | BanMembers | ModerateMembers,
      0x5b8def,
    ),
    role(ROLE_IDS.bot, 'Steward', 5, TALK | ManageRoles, 0, { bot_id: APPLICATION_ID }),
    role(ROLE_IDS.administrator, 'Administrator', 6, Administrator, 0xd8584f),
  ];
}

function role(
  id: string,
  name: string,
  position: number,
  permissions: bigint,
  color: number,
  tags?: APIRole['tags'],
): APIRole {
  return {
    id,
    name,
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: position > 1,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: permissions.toString(),
    managed: tags !== undefined,
    mentionable: false,
    flags: 0 as RoleFlags,
    ...(tags === undefined ? {} : { tags }),
  };
}

type RoleName = keyof typeof ROLE_IDS;

function channelsOf(): GuildChannel[] {
  const { information, welcome, announcements, community, general, support, showcase } = CHANNEL_IDS;
  const { team, staff, staffAudit, accounting, leadership } = CHANNEL_IDS;
  const staffOnly = onlyFor('moderator', 'helper', 'accountant', 'bot');
  return [
    category(information, 'Information', 0),
    text(welcome, 'welcome', 0, information, 'Who we are and where to begin', readOnly()),
    text(announcements, 'announcements', 1, information, 'Maintenance and news', readOnly()),
    category(community, 'Community', 1),
    text(general, 'general', 2, community, 'Anything goes, kindly'),
    text(support, 'support', 3, community, 'Ask here; a helper is never far'),
    text(showcase, 'showcase', 4, community, 'What you run on our machines'),
    category(team, 'Team', 2, staffOnly),
    text(staff, 'staff', 5, team, 'Day-to-day work on accounts', staffOnly),
    text(staffAudit, 'staff-audit', 6, team, 'One line for everything that was changed', staffOnly),
    text(accounting, 'accounting', 7, team, 'Payments and refunds', onlyFor('accountant', 'moderator', 'bot')),
    text(leadership, 'leadership', 8, team, 'Administrators among themselves', onlyFor()),
  ];
}

function category(
  id: string,
  name: string,
  position: number,
  permission_overwrites: APIOverwrite[] = [],
): GuildChannel {
  return {
    id,
    type: ChannelType.GuildCategory,
    guild_id: GUILD_ID,
    name,
    position,
    permission_overwrites,
    parent_id: null,
  };
}

function text(
  id: string,
  name: string,
  position: number,
  parentId: string,
  topic: string,
  permission_overwrites: APIOverwrite[] = [],
): GuildChannel {
  return {
    id,
    type: ChannelType.GuildText,
    guild_id: GUILD_ID,
    name,
    position,
    parent_id: parentId,
    topic,
    permission_overwrites,
    nsfw: false,
    last_message_id: null,
    rate_limit_per_user: 0,
  };
}

/** Hidden from everyone but these roles; administrators see every channel anyway. */
function onlyFor(...names: RoleName[]): APIOverwrite[] {
  const see = PermissionFlagsBits.ViewChannel;
  return [overwrite('everyone', 0n, see), ...names.map((name) => overwrite(name, see, 0n))];
}

function readOnly(): APIOverwrite[] {
  return [
    overwrite('everyone', 0n, PermissionFlagsBits.SendMessages),
    overwrite('bot', PermissionFlagsBits.SendMessages, 0n),
  ];
}

function overwrite(name: RoleName, allow: bigint, deny: bigint): APIOverwrite {
  return { id: ROLE_IDS[name], type: OverwriteType.Role, allow: allow.toString(), deny: deny.toString() };
}
