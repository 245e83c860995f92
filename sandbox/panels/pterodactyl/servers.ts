import { type Answer, json, noContent } from '../wire/answer.ts';
import { daemonRefusal, notFound, refusal } from './errors.ts';
import { listAnswer } from './lists.ts';
import type { Asked } from './routes.ts';
import { note, type PteroServer, type PteroState } from './state.ts';
import { serverObject } from './views.ts';

export function listServers({ state, request }: Asked): Answer {
  const short = state.product === 'pelican' ? 'uuid_short' : 'uuidShort';
  return listAnswer(request, {
    rows: state.servers.values(),
    filters: {
      uuid: ({ uuid }) => uuid,
      [short]: ({ uuid }) => uuid.slice(0, 8),
      name: ({ name }) => name,
      description: ({ description }) => description,
      image: () => 'ghcr.io/example/image',
      external_id: ({ externalId }) => externalId,
    },
    show: serverObject,
  });
}

export function showServer(server: PteroServer): Answer {
  return json(200, serverObject(server));
}

export function showExternalServer({ state }: Asked, externalId: string): Answer {
  const wanted = externalId.toLowerCase();
  const server = [...state.servers.values()].find((one) => one.externalId?.toLowerCase() === wanted);
  if (server === undefined) throw notFound();
  return showServer(server);
}

/** Pterodactyl takes the change back where Wings does not follow; Pelican leaves it. */
export function toggleSuspension({ state }: Asked, server: PteroServer, suspends: boolean): Answer {
  if ((server.status === 'suspended') === suspends) return noContent();
  if (server.isBeingTransferred)
    throw refusal(
      409,
      'ConflictHttpException',
      'Cannot toggle suspension status on a server that is currently being transferred.',
    );
  const isHeard = server.wingsStatus === null;
  if (isHeard || state.product === 'pelican') setStatus(state, server, suspends);
  if (server.wingsStatus !== null) throw daemonRefusal(state.product, server.wingsStatus);
  server.isHeldByNode = suspends;
  return noContent();
}

function setStatus(state: PteroState, server: PteroServer, suspends: boolean): void {
  server.status = suspends ? 'suspended' : null;
  server.updatedAt = state.now();
  note(state, suspends ? 'server.suspend' : 'server.unsuspend', server.userId, { serverId: server.id });
}

/** A node that does not know the server is no obstacle; one that fails is, unless it is forced. */
export function deleteServer({ state }: Asked, server: PteroServer, isForced: boolean): Answer {
  const { wingsStatus } = server;
  if (!isForced && wingsStatus !== null && wingsStatus !== 404) throw daemonRefusal(state.product, wingsStatus);
  state.servers.delete(server.id);
  note(state, 'server.delete', server.userId, { serverId: server.id });
  return noContent();
}
