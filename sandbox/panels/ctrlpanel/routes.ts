import type { Handle } from '../double.ts';
import { type Answer, html, json, redirect, withHeaders } from '../wire/answer.ts';
import { MalformedJson, readInput } from '../wire/input.ts';
import { RateLimit } from '../wire/rate-limit.ts';
import { bearerToken, type DoubleRequest, wantsJson } from '../wire/request.ts';
import { type Asked, boundUser } from './asked.ts';
import type { Backend } from './backend.ts';
import { decrement, increment } from './balances.ts';
import * as before from './before-1-2.ts';
import { boundRole, deleteRole, listProducts, listRoles, showProduct, showRole } from './catalogue.ts';
import { createUser, updateUser } from './changes.ts';
import { exception, Refusal } from './errors.ts';
import {
  deleteNotification,
  deleteNotifications,
  listNotifications,
  notificationOf,
  sendToAll,
  sendToUsers,
  showNotification,
} from './notifications.ts';
import { boundServer, listServers, removeServer, showServer, toggleServer } from './servers.ts';
import type { CtrlState } from './state.ts';
import { deleteUser, suspendUser, unsuspendUser } from './suspension.ts';
import { listUsers, showUser } from './users.ts';
import { boundVoucher, createVoucher, deleteVoucher, listVouchers, showVoucher, updateVoucher } from './vouchers.ts';

type Answering = Answer | Promise<Answer>;

interface Route {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
  /** Finds what the path names, and returns what is done with it once the token is known to be good. */
  readonly bind: (asked: Asked, ...texts: string[]) => () => Answering;
}

/** A route that looks for nothing before the token is checked. */
function plain(methods: string, path: string, answer: (asked: Asked, text: string) => Answering): Route {
  return route(
    methods,
    path,
    (asked, text = '') =>
      () =>
        answer(asked, text),
  );
}

function bound<Row>(
  methods: string,
  path: string,
  find: (state: CtrlState, text: string) => Row,
  answer: (asked: Asked, row: Row) => Answering,
): Route {
  return route(methods, path, (asked, text = '') => {
    const row = find(asked.state, text);
    return () => answer(asked, row);
  });
}

function route(methods: string, path: string, bind: Route['bind']): Route {
  const pattern = new RegExp(`^/api/${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`);
  return { methods: methods.split('|'), pattern, bind };
}

const NEIGHBOURS: readonly Route[] = [
  plain('GET', 'servers', listServers),
  plain('GET', 'servers/{id}', showServer),
  bound('DELETE', 'servers/{id}', boundServer, removeServer),
  bound('PATCH', 'servers/{id}/suspend', boundServer, (asked, server) => toggleServer(asked, server, 'suspend')),
  bound('PATCH', 'servers/{id}/unsuspend', boundServer, (asked, server) => toggleServer(asked, server, 'unsuspend')),
  plain('GET', 'vouchers', listVouchers),
  plain('POST', 'vouchers', createVoucher),
  plain('GET', 'vouchers/{id}', showVoucher),
  bound('PUT|PATCH', 'vouchers/{id}', boundVoucher, updateVoucher),
  bound('DELETE', 'vouchers/{id}', boundVoucher, deleteVoucher),
  plain('GET', 'roles', listRoles),
  plain('GET', 'roles/{id}', showRole),
  bound('DELETE', 'roles/{id}', boundRole, deleteRole),
];

const ROUTES: readonly Route[] = [
  plain('GET', 'users', listUsers),
  plain('POST', 'users', createUser),
  plain('GET', 'users/{id}', showUser),
  bound('PUT|PATCH', 'users/{id}', boundUser, updateUser),
  bound('DELETE', 'users/{id}', boundUser, deleteUser),
  bound('PATCH', 'users/{id}/increment', boundUser, increment),
  bound('PATCH', 'users/{id}/decrement', boundUser, decrement),
  bound('PATCH', 'users/{id}/suspend', boundUser, suspendUser),
  bound('PATCH', 'users/{id}/unsuspend', boundUser, unsuspendUser),
  ...NEIGHBOURS,
  plain('GET', 'products', listProducts),
  plain('GET', 'products/{id}', showProduct),
  plain('POST', 'notifications/send-to-users', sendToUsers),
  plain('POST', 'notifications/send-to-all', sendToAll),
  bound('GET', 'notifications/{id}', boundUser, listNotifications),
  bound('DELETE', 'notifications/{id}', boundUser, deleteNotifications),
  notification('GET', showNotification),
  notification('DELETE', deleteNotification),
];

const ROUTES_BEFORE_1_2: readonly Route[] = [
  plain('GET', 'users', before.listUsers),
  plain('POST', 'users', before.createUser),
  plain('GET', 'users/{id}', before.showUser),
  ...(
    [
      ['PUT|PATCH', 'users/{id}', before.updateUser],
      ['DELETE', 'users/{id}', before.deleteUser],
      ['PATCH', 'users/{id}/increment', before.increment],
      ['PATCH', 'users/{id}/decrement', before.decrement],
      ['PATCH', 'users/{id}/suspend', before.suspendUser],
      ['PATCH', 'users/{id}/unsuspend', before.unsuspendUser],
    ] as const
  ).map(([methods, path, answer]) =>
    plain(methods, path, (asked, text) => answer(asked, before.anyUser(asked.state, text))),
  ),
  ...NEIGHBOURS,
];

function notification(
  method: string,
  answer: (asked: Asked, row: ReturnType<typeof notificationOf>) => Answering,
): Route {
  return route(method, 'notifications/{user}/{id}', (asked, userText = '', id = '') => {
    const found = notificationOf(asked.state, boundUser(asked.state, userText), id);
    return () => answer(asked, found);
  });
}

export interface RouteOptions {
  /** Null for no limit. */
  readonly requestsPerMinute: number | null;
}

/** Throttle, then what the path names, then the token, then what was asked. */
export function routes(state: CtrlState, backend: Backend, { requestsPerMinute }: RouteOptions): Handle {
  const limit = requestsPerMinute === null ? null : new RateLimit(requestsPerMinute);
  const known = state.release === '1.1.1' ? ROUTES_BEFORE_1_2 : ROUTES;
  return async (request) => {
    if (state.isInMaintenance) return exception(503, 'Service Unavailable').answer;
    const here = known.filter(({ pattern }) => pattern.test(request.path));
    const route = here.find(({ methods }) => methods.includes(request.method));
    if (here.length === 0) return html(404, 'Not Found');
    if (route === undefined)
      return wrongMethod(
        request,
        here.flatMap(({ methods }) => methods),
      );
    // No proxy is trusted: whoever asks is who connects, and here that is always this machine.
    const hit = limit?.hit('127.0.0.1', request.at) ?? null;
    if (hit?.isOver) return html(429, 'Too Many Requests');
    const answer = await caught(request, () => askRoute(state, backend, route, request));
    if (hit === null) return answer;
    return withHeaders(answer, {
      'x-ratelimit-limit': String(hit.limit),
      'x-ratelimit-remaining': String(hit.remaining),
    });
  };
}

async function askRoute(state: CtrlState, backend: Backend, route: Route, request: DoubleRequest): Promise<Answer> {
  const asked = { state, backend, request, input: inputOf(request) };
  const [, ...texts] = route.pattern.exec(request.path) ?? [];
  const act = route.bind(asked, ...texts);
  const refused = checkToken(state, request);
  return refused ?? (await act());
}

/** Broken JSON is taken for nothing. */
function inputOf(request: DoubleRequest) {
  try {
    return readInput(request);
  } catch (error) {
    if (error instanceof MalformedJson) return readInput({ ...request, body: '' });
    throw error;
  }
}

/** The database compares tokens without regard to letter case. */
function checkToken({ tokens }: CtrlState, request: DoubleRequest): Answer | null {
  const token = bearerToken(request)?.toLowerCase();
  if (token === undefined) return json(403, { message: 'Missing Authorization header' });
  if ([...tokens].some((one) => one.toLowerCase() === token)) return null;
  return json(401, { message: 'Invalid Authorization token' });
}

async function caught(request: DoubleRequest, answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (wantsJson(request)) return error.answer;
    return error.isValidation ? redirect(request.origin) : html(error.answer.status, 'Error');
  }
}

function wrongMethod({ method, path }: DoubleRequest, supported: readonly string[]): Answer {
  const methods = supported.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])).join(', ');
  return exception(
    405,
    `The ${method} method is not supported for route ${path.slice(1)}. Supported methods: ${methods}.`,
  ).answer;
}
