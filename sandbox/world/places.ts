import {
  type APIOverwrite,
  type APIRole,
  type ChannelFlags,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
  type RoleFlags,
} from 'discord-api-types/v10';
import type { GuildChannel } from '../discord/world.ts';
import { APPLICATION_ID, CHANNEL_IDS, GUILD_ID, ROLE_IDS } from './ids.ts';

const TALK =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.UseApplicationCommands;

export function rolesOf(): APIRole[] {
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

export function channelsOf(): GuildChannel[] {
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
    flags: 0 as ChannelFlags,
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
    flags: 0 as ChannelFlags,
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
