import { path } from '../http/client.ts';
import { type DiscordLinksAbility, PanelError } from '../panel.ts';
import { userPage } from './accounts.ts';
import type { Connection } from './connection.ts';
import { INCLUDE } from './map.ts';
import { everyPage } from './pages.ts';
import type { Release } from './release.ts';
import { accountOf, oneUser } from './users.ts';

const SNOWFLAKE = /^\d{17,20}$/;

/** Links are made by the person, who logs in at Discord for it; the panel has no way to make or clear one for somebody. */
export function discordLinksAbility(panel: Connection, release: Release | null): DiscordLinksAbility {
  const search = release === 'newer' ? findByFilter : release === 'old' ? findByPath : null;
  if (search === null) return { proves: true };
  return {
    proves: true,
    async find(userId, call) {
      if (!SNOWFLAKE.test(userId)) return [];
      const accounts = [];
      for await (const found of search(panel, userId, call)) {
        if (found.discord_user?.id === userId) accounts.push(await accountOf(panel, found, call));
      }
      return accounts;
    },
  };
}

type Search = (
  panel: Connection,
  userId: string,
  call: Parameters<NonNullable<DiscordLinksAbility['find']>>[1],
) => AsyncIterable<Awaited<ReturnType<typeof readByPath>>>;

const findByFilter: Search = ({ client }, userId, call) =>
  everyPage(client, call, '/users', { include: INCLUDE, 'filter[discordUser.id]': userId }, userPage);

/** Releases before 1.2 take a Discord id for that of its user. */
const findByPath: Search = async function* (panel, userId, call) {
  try {
    yield await readByPath(panel, userId, call);
  } catch (error) {
    if (!(error instanceof PanelError) || error.kind !== 'not_found') throw error;
  }
};

function readByPath({ client }: Connection, userId: string, call: Parameters<Search>[2]) {
  return client.read(call, path`/users/${userId}`, { include: INCLUDE }, oneUser);
}
