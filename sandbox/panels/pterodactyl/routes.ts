import type { Handle } from '../double.ts';
import { type Answer, html } from '../wire/answer.ts';
import { coercedId } from '../wire/input.ts';
import { type DoubleRequest, wantsJson } from '../wire/request.ts';
import { notFound, refusal, unauthorised } from './errors.ts';
import { gateOf } from './gate.ts';
import { deleteServer, listServers, showExternalServer, showServer, toggleSuspension } from './servers.ts';
import type { PteroKey, PteroServer, PteroState, PteroUser, Right } from './state.ts';
import {
  changeRoles,
  createUser,
  deleteUser,
  listRoles,
  listUsers,
  showExternalUser,
  showUser,
  updateUser,
} from './users.ts';

export interface RouteOptions {
  /** Null for no limit. */
  readonly requestsPerMinute: number | null;
}

type Resource = 'users' | 'servers' | 'roles';

/** A request past all that is asked of whoever makes it. */
export interface Asked {
  readonly state: PteroState;
  readonly request: DoubleRequest;
  readonly key: PteroKey;
  /** Whether the key may read these. */
  readonly can: (what: Resource) => boolean;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly resource: Resource;
  readonly binds: 'user' | 'server' | null;
  readonly answer: (asked: Asked, bound: Bound) => Answer;
}

interface Bound {
  readonly user: PteroUser;
  readonly server: PteroServer;
  /** What stands in the path's place, undecided. */
  readonly text: string;
}

const USER = /^\/api\/application\/users\/([^/]+)$/;
const SERVER = /^\/api\/application\/servers\/([^/]+)$/;

const ROUTES: readonly Route[] = [
  users('GET', /^\/api\/application\/users$/, null, (asked) => listUsers(asked)),
  users('POST', /^\/api\/application\/users$/, null, (asked) => createUser(asked)),
  users('GET', /^\/api\/application\/users\/external\/([^/]+)$/, null, (asked, { text }) =>
    showExternalUser(asked, text),
  ),
  users('GET', USER, 'user', (asked, { user }) => showUser(asked, user)),
  users('PATCH', USER, 'user', (asked, { user }) => updateUser(asked, user)),
  users('DELETE', USER, 'user', (asked, { user }) => deleteUser(asked, user)),
  servers('GET', /^\/api\/application\/servers$/, null, (asked) => listServers(asked)),
  servers('GET', /^\/api\/application\/servers\/external\/([^/]+)$/, null, (asked, { text }) =>
    showExternalServer(asked, text),
  ),
  servers('GET', SERVER, 'server', (_asked, { server }) => showServer(server)),
  servers('DELETE', SERVER, 'server', (asked, { server }) => deleteServer(asked, server, false)),
  servers('DELETE', /^\/api\/application\/servers\/([^/]+)\/force$/, 'server', (asked, { server }) =>
    deleteServer(asked, server, true),
  ),
  servers('POST', /^\/api\/application\/servers\/([^/]+)\/suspend$/, 'server', (asked, { server }) =>
    toggleSuspension(asked, server, true),
  ),
  servers('POST', /^\/api\/application\/servers\/([^/]+)\/unsuspend$/, 'server', (asked, { server }) =>
    toggleSuspension(asked, server, false),
  ),
];

const PELICAN_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: /^\/api\/application\/roles$/, resource: 'roles', binds: null, answer: listRoles },
  users('PATCH', /^\/api\/application\/users\/([^/]+)\/roles\/assign$/, 'user', (asked, { user }) =>
    changeRoles(asked, user, 'assign'),
  ),
  users('PATCH', /^\/api\/application\/users\/([^/]+)\/roles\/remove$/, 'user', (asked, { user }) =>
    changeRoles(asked, user, 'remove'),
  ),
];

function users(method: string, pattern: RegExp, binds: Route['binds'], answer: Route['answer']): Route {
  return { method, pattern, resource: 'users', binds, answer };
}

function servers(method: string, pattern: RegExp, binds: Route['binds'], answer: Route['answer']): Route {
  return { method, pattern, resource: 'servers', binds, answer };
}

export function routes(state: PteroState, { requestsPerMinute }: RouteOptions): Handle {
  const gate = gateOf(state, requestsPerMinute);
  const known = state.product === 'pelican' ? [...ROUTES, ...PELICAN_ROUTES] : ROUTES;
  return (request) => {
    const here = known.filter(({ pattern }) => pattern.test(request.path));
    const route = here.find(({ method }) => method === request.method);
    if (here.length === 0) return unknownRoute(request);
    if (route === undefined)
      return wrongMethod(
        request,
        here.map(({ method }) => method),
      );
    return gate(request, (key) => askRoute(state, route, request, key));
  };
}

/** Binding, then whether the key's owner is an administrator, then the key's rights, then what was asked. */
function askRoute(state: PteroState, route: Route, request: DoubleRequest, key: PteroKey): Answer {
  const bound = bind(state, route, request);
  if (!isRootAdmin(state.users.get(key.ownerId)))
    throw refusal(403, 'AccessDeniedHttpException', 'This account does not have permission to access the API.');
  const has = (what: Resource, right: Right) => key.kind === 'account' || (key[what] & right) !== 0;
  if (!has(route.resource, request.method === 'GET' ? 1 : 2)) throw unauthorised();
  return route.answer({ state, request, key, can: (what) => has(what, 1) }, bound);
}

function bind(state: PteroState, { pattern, binds }: Route, { path }: DoubleRequest): Bound {
  const text = pattern.exec(path)?.[1] ?? '';
  const user = state.users.get(coercedId(text));
  const server = state.servers.get(coercedId(text));
  if ((binds === 'user' && user === undefined) || (binds === 'server' && server === undefined)) throw notFound();
  return { user, server, text } as Bound;
}

function isRootAdmin(user: PteroUser | undefined): boolean {
  return user !== undefined && (user.rootAdmin || user.roleIds.includes(1));
}

function unknownRoute(request: DoubleRequest): Answer {
  if (!wantsJson(request)) return html(404, 'Not Found');
  return refusal(404, 'NotFoundHttpException', `The route ${request.path.slice(1)} could not be found.`).answer;
}

function wrongMethod({ method, path }: DoubleRequest, supported: readonly string[]): Answer {
  const detail = `The ${method} method is not supported for route ${path.slice(1)}. Supported methods: ${supported.join(', ')}.`;
  return refusal(405, 'MethodNotAllowedHttpException', detail).answer;
}
