import { z } from 'zod';
import { path } from '../http/client.ts';
import { type Change, PanelError, type Server, type ServersAbility } from '../panel.ts';
import { type WireServer, wrappedOne } from './api-types.ts';
import type { Connection } from './connection.ts';
import { SETTLE_AFTER_MS } from './map.ts';
import { timeOf } from './times.ts';
import { requireUser } from './users.ts';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What a server is shown as once it was done. */
const SHOWN = {
  suspend: wrappedOne(z.object({ suspended: z.string().min(1) })),
  unsuspend: wrappedOne(z.object({ suspended: z.null() })),
} as const;

export function serversAbility(panel: Connection): ServersAbility {
  async function send(serverId: string, verb: 'suspend' | 'unsuspend', change: Change): Promise<void> {
    if (!ID.test(serverId)) throw new PanelError('not_found', 'none', 'that is no id of a server');
    await panel.writable(change);
    const at = path`/servers/${serverId}/${verb}`;
    await panel.client.write(change, { method: 'PATCH', path: at, body: {}, writing: 'servers' }, SHOWN[verb]);
  }

  return {
    async list(accountId, call) {
      try {
        // Not the list of all servers: that is searched for parts of numbers.
        const { servers = [] } = await requireUser(panel, accountId, call, 'servers.product');
        return servers.map((server) => toServer(panel, server));
      } catch (error) {
        throw error instanceof PanelError && error.kind === 'malformed' ? unreadable(error) : error;
      }
    },
    suspension: {
      traits: {
        idempotent: true,
        proof: 'state',
        settleAfterMs: SETTLE_AFTER_MS.account,
        effects: ['CtrlPanel.gg bills an unsuspended server anew from that moment, without a charge for it now.'],
      },
      suspend: (serverId, change) => send(serverId, 'suspend', change),
      unsuspend: (serverId, change) => send(serverId, 'unsuspend', change),
    },
  };
}

function toServer({ address, timeZone }: Connection, server: WireServer): Server {
  return {
    id: server.id,
    name: server.name,
    status: statusOf(server),
    url: ID.test(server.id) ? `${address}/servers/${server.id}` : null,
    product: server.product?.name ?? null,
    createdAt: timeOf(server.created_at, timeZone),
    expiresAt: null,
  };
}

function statusOf({ suspended, status }: WireServer): Server['status'] {
  if (suspended) return 'suspended';
  if (status === 'failed') return 'failed';
  return status === 'provisioning' || status === 'pending_reconciliation' ? 'installing' : 'active';
}

function unreadable(cause: PanelError): PanelError {
  return new PanelError('malformed', 'none', cause.message, {
    detail: 'CtrlPanel.gg fails to show these servers: look for one there that has never been billed.',
    cause,
  });
}
