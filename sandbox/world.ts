import type { APIGuildMember, APIMessage, APIUser, GuildMemberFlags, UserFlags } from 'discord-api-types/v10';
import type { World } from './discord/world.ts';
import { history } from './world/history.ts';
import { APPLICATION_ID, CHANNEL_IDS, GUILD_ID, OPENED_AT_MS, RESIDENTS, ROLE_IDS, USER_IDS } from './world/ids.ts';
import { channelsOf, rolesOf } from './world/places.ts';
import { PEOPLE, type Resident } from './world/residents.ts';

export { CHANNEL_IDS, ROLE_IDS, USER_IDS };

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

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
  const members = RESIDENTS.filter(({ inGuild }) => inGuild !== false);
  const messages = withHistory ? history({ users, channelIds: CHANNEL_IDS, nowMs, seed }) : [];
  return {
    application: { id: APPLICATION_ID, name: 'Steward', bot: botUser() },
    guild: { id: GUILD_ID, name: 'Harbour Hosting', ownerId: userId('ada') },
    roles: rolesOf(),
    channels: channelsOf(),
    users,
    members: [botMember(), ...members.map((resident, index) => memberOf(resident, index, nowMs))],
    people: PEOPLE.map(({ username, about }, index) => ({ userId: userId(username), about, key: String(index + 1) })),
    openAs: userId('mira'),
    directChannels: [],
    messages,
    readMarks: readMarks(messages),
    closedDmUserIds: RESIDENTS.filter(({ closedDms }) => closedDms).map(({ username }) => userId(username)),
  };
}

/** Everybody is up to date but for the last word in the support channel, so that one sees what is unread. */
function readMarks(messages: readonly APIMessage[]): World['readMarks'] {
  const channels = Map.groupBy(messages, ({ channel_id }) => channel_id);
  const newest = [...channels].flatMap(([channelId, said]): [string, string][] => {
    const last = said.at(channelId === CHANNEL_IDS.support ? -2 : -1);
    return last === undefined ? [] : [[channelId, last.id]];
  });
  return Object.fromEntries(PEOPLE.map(({ username }) => [userId(username), Object.fromEntries(newest)]));
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
    primary_guild: null,
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
    primary_guild: null,
    bot: true,
    flags: 0 as UserFlags,
    public_flags: 0 as UserFlags,
  };
}

/** People came one after the other, every three weeks or so; whoever is new came today. */
function memberOf({ username, name, nickname, roles, isNew }: Resident, index: number, nowMs: number): APIGuildMember {
  const joinedAtMs = isNew ? nowMs - 3 * HOUR_MS : Math.min(OPENED_AT_MS + index * 23 * DAY_MS, nowMs - DAY_MS);
  const roleIds = roles.map((role) => ROLE_IDS[role]);
  return member(userOf({ username, name }), roleIds, joinedAtMs, nickname ?? null);
}

function botMember(): APIGuildMember {
  return member(botUser(), [ROLE_IDS.bot], OPENED_AT_MS + 2 * HOUR_MS, null);
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
