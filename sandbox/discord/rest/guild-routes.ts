import { type APIGuildMember, PermissionFlagsBits } from 'discord-api-types/v10';
import { refusal } from '../errors.ts';
import { describeGuild } from '../guild.ts';
import { permissionsOf } from '../permissions.ts';
import type { State } from '../state.ts';
import { noContent, ok, type RestRequest, type Route, route } from './router.ts';

const MEMBER = '/guilds/:guildId/members/:userId';
const MEMBER_ROLE = `${MEMBER}/roles/:roleId` as const;

/** The guild, its channels, roles and members. */
export function guildRoutes(state: State): Route[] {
  return [
    route('GET', '/guilds/:guildId', (request) => {
      assertGuild(state, request);
      return ok(describeGuild(state));
    }),
    route('GET', '/guilds/:guildId/channels', (request) => {
      assertGuild(state, request);
      return ok([...state.guildChannels.values()]);
    }),
    route('GET', '/guilds/:guildId/roles', (request) => {
      assertGuild(state, request);
      return ok([...state.roles.values()]);
    }),
    route('GET', '/guilds/:guildId/roles/member-counts', (request) => {
      assertGuild(state, request);
      return ok(memberCounts(state));
    }),
    route('GET', '/guilds/:guildId/members', (request) => {
      assertGuild(state, request);
      const after = BigInt(request.query.get('after') ?? 0);
      const members = [...state.members.values()]
        .filter(({ user }) => BigInt(user.id) > after)
        .sort((one, other) => (BigInt(one.user.id) < BigInt(other.user.id) ? -1 : 1));
      return ok(members.slice(0, limitOf(request)));
    }),
    route('GET', '/guilds/:guildId/members/search', (request) => {
      assertGuild(state, request);
      const query = (request.query.get('query') ?? '').toLowerCase();
      const matches = ({ user, nick }: APIGuildMember) =>
        [user.username, user.global_name, nick].some((name) => name?.toLowerCase().startsWith(query));
      return ok([...state.members.values()].filter(matches).slice(0, limitOf(request)));
    }),
    route('GET', MEMBER, (request) => ok(findMember(state, request))),
    route('PUT', MEMBER_ROLE, (request) => {
      const member = findMember(state, request);
      assertRoleManageable(state, request.params.roleId);
      state.setMemberRoles(member.user.id, [...new Set([...member.roles, request.params.roleId])]);
      return noContent();
    }),
    route('DELETE', MEMBER_ROLE, (request) => {
      const member = findMember(state, request);
      assertRoleManageable(state, request.params.roleId);
      state.setMemberRoles(
        member.user.id,
        member.roles.filter((id) => id !== request.params.roleId),
      );
      return noContent();
    }),
  ];
}

function assertGuild(state: State, { params }: RestRequest<'guildId'>): void {
  if (params.guildId !== state.guild.id) throw refusal('unknownGuild');
}

/** Everybody has @everyone, so Discord leaves that out: https://discord.com/developers/docs/resources/guild#get-guild-role-member-counts */
function memberCounts(state: State): Record<string, number> {
  const members = [...state.members.values()];
  const roleIds = [...state.roles.keys()].filter((id) => id !== state.guild.id);
  return Object.fromEntries(roleIds.map((id) => [id, members.filter(({ roles }) => roles.includes(id)).length]));
}

function findMember(state: State, request: RestRequest<'guildId' | 'userId'>): APIGuildMember {
  assertGuild(state, request);
  const id = request.params.userId === '@me' ? state.botId : request.params.userId;
  if (!state.users.has(id)) throw refusal('unknownUser');
  const member = state.members.get(id);
  if (member === undefined) throw refusal('unknownMember');
  return member;
}

/** The bot may give and take roles below its own highest one, if it may manage roles at all; managed ones never. */
function assertRoleManageable(state: State, roleId: string): void {
  const role = state.roles.get(roleId);
  if (role === undefined) throw refusal('unknownRole');
  const own = state.members.get(state.botId)?.roles ?? [];
  const highest = Math.max(0, ...own.map((id) => state.roles.get(id)?.position ?? 0));
  const allowed = (permissionsOf(state, state.botId) & PermissionFlagsBits.ManageRoles) !== 0n;
  if (!allowed || role.managed || role.position >= highest) throw refusal('missingPermissions');
}

function limitOf({ query }: RestRequest): number {
  return Math.min(Math.max(Number(query.get('limit') ?? 1), 1), 1000);
}
