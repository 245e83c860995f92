import type { z } from 'zod';
import { createHttpClient, type HttpAnswer, type HttpRequest, path } from '../http/client.ts';
import { type Call, type JsonValue, PanelError, type Rate } from '../panel.ts';
import { rolesAnswer, userAnswer, usersAnswer } from './api-types.ts';
import { type Asked, errorOf, malformed, type Product } from './errors.ts';
import { productOf, type Role, toUser, type User } from './users.ts';

export interface ClientOptions {
  /** Where the panel is opened in a browser, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
}

/** Which users: `size` of them at most, `number` counted from 1. */
export interface UserPage {
  readonly number: number;
  readonly size: number;
  /** Those in which the field holds the text somewhere. */
  readonly containing?: { readonly field: 'email' | 'username'; readonly text: string };
  /** With their servers and roles, which costs the panel a few queries for each of them. */
  readonly whole: boolean;
}

export interface Users {
  readonly users: readonly User[];
  readonly total: number;
  readonly pages: number;
}

export type ServerAction = 'suspend' | 'unsuspend';

/** The application API of Pterodactyl and Pelican. Everything throws {@link PanelError}; ids are those that {@link isId} allows. */
export interface PterodactylClient {
  readonly rate: Rate;
  /** As far as is known: by the form of the key at first, by every user that was read since. */
  product(): Product;
  /** Null where there is none. */
  user(id: string, call: Call): Promise<User | null>;
  users(page: UserPage, call: Call): Promise<Users>;
  /** Whoever has this external id, as the database compares texts. */
  userByExternalId(externalId: string, call: Call): Promise<User | null>;
  createUser(values: JsonValue, call: Call): Promise<User>;
  updateUser(id: string, values: JsonValue, call: Call): Promise<User>;
  deleteUser(id: string, call: Call): Promise<void>;
  /** All of them, Pelican's root administrators among them. */
  roles(call: Call): Promise<readonly Role[]>;
  changeRoles(id: string, action: 'assign' | 'remove', roleIds: readonly number[], call: Call): Promise<User>;
  changeServer(id: string, action: ServerAction, call: Call): Promise<void>;
}

/** What the column of ids can hold. */
const LARGEST_ID = 2 ** 32 - 1;

/** MySQL reads `118abc` as 118: nothing but its own digits is an id. PostgreSQL fails at a number that is too large. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= LARGEST_ID;
}

const WHOLE = { include: 'servers,roles' };
/** Roles of a panel are few; of pages there is no largest size. */
const ROLES_PAGE = { per_page: '100' };

export function createPterodactylClient({ url, token, ...limits }: ClientOptions): PterodactylClient {
  const http = createHttpClient({
    baseUrl: `${url}/api/application`,
    headers: () => ({ authorization: `Bearer ${token}`, accept: 'application/json' }),
    ...limits,
  });
  // What the keys of the two begin with; one that came from Pterodactyl with its database is found out with the first user.
  let known: Product = /^pa(?:pp|cc)_/.test(token) ? 'Pelican' : 'Pterodactyl';

  const askedBy = ({ method, path }: HttpRequest): Asked => ({
    what: `${method} ${path}`,
    writes: method !== 'GET',
    product: known,
  });

  async function send(call: Call, request: HttpRequest): Promise<HttpAnswer> {
    const answer = await http.send(call, request);
    if (answer.status < 200 || answer.status > 299) throw errorOf(answer, askedBy(request));
    return answer;
  }

  /** What has no more to say than that it was done. Any other success is that of somebody else. */
  async function carryOut(call: Call, request: HttpRequest): Promise<void> {
    const { status } = await send(call, request);
    if (status !== 204) throw malformed(askedBy(request), `${status} in place of 204`);
  }

  async function read<Schema extends z.ZodType>(call: Call, request: HttpRequest, schema: Schema) {
    const answer = schema.safeParse((await send(call, request)).json);
    if (!answer.success) throw malformed(askedBy(request), placesOf(answer.error));
    return answer.data;
  }

  async function readUser(call: Call, request: HttpRequest): Promise<User> {
    const answer = await read(call, request, userAnswer);
    known = productOf(answer) ?? known;
    return toUser(answer);
  }

  return {
    rate: http.rate,
    product: () => known,
    user: (id, call) => unlessAbsent(readUser(call, { method: 'GET', path: path`/users/${id}`, query: WHOLE })),
    userByExternalId: (externalId, call) =>
      unlessAbsent(readUser(call, { method: 'GET', path: path`/users/external/${externalId}`, query: WHOLE })),
    async users(page, call) {
      const answer = await read(call, { method: 'GET', path: '/users', query: queryOf(page) }, usersAnswer);
      for (const user of answer.data) known = productOf(user) ?? known;
      const { total, total_pages: pages } = answer.meta.pagination;
      return { users: answer.data.map(toUser), total, pages };
    },
    createUser: (values, call) => readUser(call, { method: 'POST', path: '/users', query: WHOLE, body: values }),
    updateUser: (id, values, call) =>
      readUser(call, { method: 'PATCH', path: path`/users/${id}`, query: WHOLE, body: values }),
    async deleteUser(id, call) {
      await carryOut(call, { method: 'DELETE', path: path`/users/${id}` });
    },
    roles: (call) => readRoles((query) => read(call, { method: 'GET', path: '/roles', query }, rolesAnswer)),
    changeRoles: (id, action, roleIds, call) =>
      readUser(call, {
        method: 'PATCH',
        path: path`/users/${id}/roles/${action}`,
        query: WHOLE,
        body: { roles: roleIds },
      }),
    async changeServer(id, action, call) {
      await carryOut(call, { method: 'POST', path: path`/servers/${id}/${action}` });
    },
  };
}

/** The addresses in a page's own links lose all that was asked: pages are counted here. */
function queryOf({ number, size, containing, whole }: UserPage): Record<string, string> {
  return {
    page: String(number),
    per_page: String(size),
    sort: 'id',
    ...(containing ? { [`filter[${containing.field}]`]: containing.text } : {}),
    ...(whole ? WHOLE : {}),
  };
}

async function readRoles(
  read: (query: Record<string, string>) => Promise<z.output<typeof rolesAnswer>>,
): Promise<readonly Role[]> {
  const roles: Role[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await read({ ...ROLES_PAGE, page: String(page) });
    roles.push(...answer.data.map(({ attributes }) => attributes));
    pages = answer.meta.pagination.total_pages;
  }
  return roles;
}

async function unlessAbsent(reading: Promise<User>): Promise<User | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof PanelError && error.kind === 'not_found') return null;
    throw error;
  }
}

/** Where an answer is not as it should be; never what stood there. */
function placesOf(error: z.ZodError): string {
  return `not as expected at ${error.issues.map((issue) => issue.path.join('.') || 'all').join(', ')}`;
}
