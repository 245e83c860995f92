import { type Change, PanelError, type ServersAbility } from '../panel.ts';
import { isId, type ServerAction } from './client.ts';
import { type Connection, TRAITS } from './connection.ts';
import { toServer } from './map.ts';
import type { ServerRow, User } from './users.ts';
import { requireUser } from './write.ts';

/** @throws PanelError `forbidden` where the key may not read servers: that is not to have none. */
export function serversOf({ servers }: User): readonly ServerRow[] {
  if (servers) return servers;
  throw new PanelError('forbidden', 'none', 'servers are hidden', { detail: 'Steward’s key may not read servers.' });
}

const PTERODACTYL_EFFECTS = [
  'Suspending stops the server and shuts its owner out; its files stay. It needs the server’s node, and fails while that is down.',
  'A server that is being installed, or failed to be, is taken for an ordinary one once its suspension is lifted.',
];
const PELICAN_EFFECTS = [
  'Suspending stops the server and shuts its owner out; its files stay. While its node is down the panel notes it down, and the server may go on until the node is told.',
  'A server that is being installed, or failed to be, is taken for an ordinary one once its suspension is lifted.',
];

export function createServers({ client, url }: Connection): ServersAbility {
  async function make(serverId: string, action: ServerAction, change: Change): Promise<void> {
    if (!isId(serverId)) throw new PanelError('not_found', 'none', `there is no server ${JSON.stringify(serverId)}`);
    await client.changeServer(serverId, action, change);
  }

  return {
    async list(accountId, call) {
      return serversOf(await requireUser(client, accountId, call)).map((server) => toServer(url, server));
    },
    suspension: {
      get traits() {
        const effects = client.product() === 'Pelican' ? PELICAN_EFFECTS : PTERODACTYL_EFFECTS;
        return { ...TRAITS, idempotent: true, effects };
      },
      suspend: (serverId, change) => make(serverId, 'suspend', change),
      unsuspend: (serverId, change) => make(serverId, 'unsuspend', change),
    },
  };
}
