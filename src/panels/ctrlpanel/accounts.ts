import type { Account } from '../../domain/account.ts';
import type { Panel } from '../panel.ts';
import { pageOf, readablePageOf, user } from './api-types.ts';
import type { Connection } from './connection.ts';
import { INCLUDE, isId } from './map.ts';
import { everyPage, filterFor, readPage } from './pages.ts';
import { accountOf, readUser } from './users.ts';

export const userPage = pageOf(user);
const readableUsers = readablePageOf(user);
const PATH = '/users';

/** Reading accounts, which every release lets us do. */
export function accountReads(panel: Connection): Pick<Panel, 'find' | 'get' | 'list'> {
  const { client } = panel;
  return {
    async find(query, call) {
      const [filter, value] = query.by === 'email' ? ['email', query.email.toLowerCase()] : ['name', query.username];
      if (!canBeLookedFor(value)) return [];
      const accounts: Account[] = [];
      const asked = { include: INCLUDE, [`filter[${filter}]`]: filterFor(value) };
      for await (const found of everyPage(client, call, PATH, asked, userPage)) {
        const isIt = query.by === 'email' ? found.email.toLowerCase() === value : found.name === value;
        if (isIt) accounts.push(await accountOf(panel, found, call));
      }
      return accounts;
    },
    async get(accountId, call) {
      if (!isId(accountId)) return null;
      const found = await readUser(panel, accountId, call);
      return found && accountOf(panel, found, call);
    },
    async list({ after, limit }, call) {
      const { items, next, total } = await readPage(
        client,
        call,
        { at: PATH, query: { include: INCLUDE }, after, limit },
        readableUsers,
      );
      const accounts: Account[] = [];
      for (const found of items) accounts.push(await accountOf(panel, found, call));
      return { accounts, next, total };
    },
  };
}

/** The shortest name has four characters, and no e-mail fewer. An empty filter finds everybody, and a comma stands for “or”. */
function canBeLookedFor(value: string): boolean {
  return value.length >= 3 && value.length <= 255 && !/[,\p{Cc}\p{Cs}]/u.test(value);
}
