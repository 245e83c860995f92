/** A small world for tests of the web client's pure parts. */
import {
  type APIApplicationCommand,
  type APIChannel,
  type APIGuildMember,
  type APIMessage,
  type APIRole,
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  GuildMemberFlags,
  MessageType,
  RoleFlags,
} from 'discord-api-types/v10';
import type { ServerEvent } from '../../../sandbox/protocol.ts';
import { emptyState, reduce, type State, type World } from '../../../sandbox/web/state.ts';

export const staffId = '500000000000000021';
export const botDmId = '800000000000000001';

export const mira = user('100000000000000003', 'mira', 'Mira');
export const sam = user('100000000000000004', 'sam', 'Sam');
export const alex = user('100000000000000005', 'alex', 'Alex');
export const bot: APIUser = { ...user('200000000000000001', 'steward', 'Steward'), bot: true };

export const moderator = role('400000000000000013', 'Moderator', 3, 0x3e8ed0);
const everyone = role('400000000000000001', '@everyone', 0, 0);

export function user(id: string, username: string, globalName: string): APIUser {
  return { id, username, global_name: globalName, avatar: null, discriminator: '0' };
}

function role(id: string, name: string, position: number, color: number): APIRole {
  return {
    id,
    name,
    position,
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: color !== 0,
    permissions: '0',
    managed: false,
    mentionable: false,
    flags: RoleFlags.InPrompt,
  };
}

function member(of: APIUser, roles: string[] = []): APIGuildMember {
  return {
    user: of,
    roles,
    joined_at: '2026-01-01T00:00:00.000Z',
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

export const staffChannel: APIChannel = {
  id: staffId,
  type: ChannelType.GuildText,
  name: 'staff',
  position: 0,
  guild_id: '600000000000000001',
  permission_overwrites: [],
};

export const viewCommand: APIApplicationCommand = {
  id: '700000000000000001',
  type: ApplicationCommandType.ChatInput,
  application_id: bot.id,
  version: '1',
  name: 'user',
  description: 'Accounts',
  default_member_permissions: null,
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'view',
      description: 'View an account',
      options: [
        { type: ApplicationCommandOptionType.User, name: 'member', description: 'Whose' },
        { type: ApplicationCommandOptionType.String, name: 'account', description: 'Which', autocomplete: true },
      ],
    },
    {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name: 'notes',
      description: 'Notes',
      options: [
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'add',
          description: 'Add a note',
          options: [
            {
              type: ApplicationCommandOptionType.Integer,
              name: 'days',
              description: 'Kept for',
              required: true,
              min_value: 1,
            },
            {
              type: ApplicationCommandOptionType.String,
              name: 'text',
              description: 'What',
              required: true,
              max_length: 10,
            },
            { type: ApplicationCommandOptionType.Boolean, name: 'pinned', description: 'Shown first' },
          ],
        },
      ],
    },
  ],
};

export function ready(me = mira): ServerEvent {
  return {
    type: 'ready',
    me,
    people: [mira, sam, alex].map((person, index) => ({
      user: person,
      about: 'a sample person',
      key: String(index + 1),
      inGuild: true,
    })),
    guild: {
      id: '600000000000000001',
      name: 'Harbour Hosting',
      ownerId: mira.id,
      roles: [everyone, moderator],
      members: [member(mira, [moderator.id]), member(sam), member(alex), member(bot)],
      channels: [staffChannel],
    },
    dms: [{ id: botDmId, type: ChannelType.DM, name: null, recipients: [bot] }],
    users: [bot],
    commands: { guild: [viewCommand], dm: [] },
    messages: { [staffId]: [message('1000', alex, 'hello')] },
    read: { [staffId]: '1000' },
    botOnline: true,
  };
}

export function stateOf(me = mira): State {
  return reduce(emptyState, { type: 'event', event: ready(me) });
}

export function worldOf(me = mira): World {
  const { world } = stateOf(me);
  if (!world) throw new Error('A ready event makes a world.');
  return world;
}

export function message(id: string, author: APIUser, content: string, more: Partial<APIMessage> = {}): APIMessage {
  return {
    id,
    channel_id: staffId,
    author,
    content,
    timestamp: '2026-03-01T10:00:00.000Z',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mention_roles: [],
    mentions: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: MessageType.Default,
    ...more,
  };
}
