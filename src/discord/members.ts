/** Who is who in the home guild: as Discord said with an interaction a moment ago, else asked by REST. */
import type { REST } from '@discordjs/rest';
import { DiscordAPIError } from '@discordjs/rest';
import { type APIGuildMember, type APIInteraction, type APIRole, Routes } from 'discord-api-types/v10';
import type { Members } from '../services/context.ts';

/** So short that a role which was taken is soon gone, so long that one command asks once. */
const REMEMBERED_MS = 5_000;
/** How many answers are remembered at most. */
const REMEMBERED = 5_000;

/** @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const UNKNOWN_MEMBER = 10_007;
const UNKNOWN_USER = 10_013;

export interface HomeMembers extends Members {
  /** Takes note of the members that Discord sends along with an interaction, so that they need not be asked for. */
  hear(payload: APIInteraction): void;
}

export function createMembers(rest: REST, homeGuildId: string): HomeMembers {
  const remembered = new Map<string, { at: number; answer: Promise<unknown> }>();

  function once<Answer>(route: string, ask: () => Promise<Answer>): Promise<Answer> {
    const now = performance.now();
    const known = remembered.get(route);
    if (known && now - known.at < REMEMBERED_MS) return known.answer as Promise<Answer>;
    const answer = ask();
    remember(route, answer);
    answer.catch(() => remembered.delete(route));
    return answer;
  }

  function remember(route: string, answer: Promise<unknown>): void {
    remembered.delete(route);
    const [oldest] = remembered.keys();
    if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(route, { at: performance.now(), answer });
  }

  return {
    hear(payload) {
      if (payload.guild_id !== homeGuildId) return;
      const resolved = payload.data && 'resolved' in payload.data ? payload.data.resolved : undefined;
      const members = resolved && 'members' in resolved ? resolved.members : undefined;
      for (const [userId, { roles }] of Object.entries(members ?? {})) {
        remember(Routes.guildMember(homeGuildId, userId), Promise.resolve(roles));
      }
    },
    rolesOf(userId) {
      const route = Routes.guildMember(homeGuildId, userId);
      return once(route, async () => {
        try {
          const { roles } = (await rest.get(route)) as APIGuildMember;
          return roles;
        } catch (error) {
          if (isNoMember(error)) return null;
          throw error;
        }
      });
    },
    counts() {
      const route = `${Routes.guildRoles(homeGuildId)}/member-counts` as const;
      return once(route, async () => new Map(Object.entries((await rest.get(route)) as Record<string, number>)));
    },
    roles() {
      const route = Routes.guildRoles(homeGuildId);
      return once(route, async () => {
        const roles = (await rest.get(route)) as APIRole[];
        return roles.map(({ id, name, managed }) => ({ id, name, managed }));
      });
    },
  };
}

function isNoMember(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === UNKNOWN_MEMBER || error.code === UNKNOWN_USER);
}
