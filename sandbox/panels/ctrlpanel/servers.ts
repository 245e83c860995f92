import { type Answer, json, noContent } from '../wire/answer.ts';
import { filtersOf } from '../wire/input.ts';
import { type Asked, one } from './asked.ts';
import { noModel, Refusal } from './errors.ts';
import { including, SERVER_RELATIONS } from './includes.ts';
import { type Filters, filtered, pageAnswer } from './pages.ts';
import { longest, STRING, validate } from './rules.ts';
import type { CtrlServer, CtrlState } from './state.ts';
import { deleteServer, suspendServer, unsuspendServer } from './suspension.ts';
import { isoTime, serverView } from './views.ts';

const FILTERS: Filters<CtrlServer> = {
  suspended: ({ suspended }) => isoTime(suspended),
  name: ({ name }) => name,
  identifier: ({ identifier }) => identifier,
  pterodactyl_id: ({ pterodactylId }) => pterodactylId,
  user_id: ({ userId }) => userId,
  product_id: ({ productId }) => productId,
};

/** An empty filter of suspended means: those that are not. */
export function listServers({ state, request }: Asked): Answer {
  const along = including(state, SERVER_RELATIONS, request);
  const isOnlyRunning = filtersOf(request.query).get('suspended')?.length === 0;
  const servers = filtered(request, state.servers.values(), FILTERS).filter(
    ({ suspended }) => !isOnlyRunning || suspended === null,
  );
  return pageAnswer(state, request, servers, (server) => ({ ...serverView(state, server), ...along(server) }));
}

export function showServer({ state, request }: Asked, id: string): Answer {
  const along = including(state, SERVER_RELATIONS, request);
  const server = state.servers.get(id);
  if (server === undefined) throw noModel('Server', null);
  return one(state, { ...serverView(state, server), ...along(server) });
}

export function boundServer(state: CtrlState, id: string): CtrlServer {
  const server = state.servers.get(id);
  if (server === undefined) throw noModel('Server', id);
  return server;
}

export async function toggleServer(asked: Asked, server: CtrlServer, how: 'suspend' | 'unsuspend'): Promise<Answer> {
  const { state, backend, input } = asked;
  validate({ reason: { checks: [STRING, longest(320)] } }, input);
  const act = how === 'suspend' ? suspendServer : unsuspendServer;
  return said(async () => {
    await act(state, backend, server);
    return one(state, serverView(state, server));
  });
}

export async function removeServer({ state, backend }: Asked, server: CtrlServer): Promise<Answer> {
  return said(async () => {
    await deleteServer(state, backend, server);
    return noContent();
  });
}

/** Whatever goes wrong is said in JSON, as 500. */
async function said(act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return json(500, { message: error.message });
    throw error;
  }
}
