import type { Server, ServersAbility } from '../../../src/panels/panel.ts';
import { PanelError } from '../../../src/panels/panel.ts';
import type { TestTraits } from './abilities.ts';
import type { Performer } from './perform.ts';
import { liveAccount, type StoredAccount, storedAccount, type TestPanelState } from './state.ts';

/** A server that the panel has without the bot's doing. */
export type NewServer = Pick<Server, 'name'> & Partial<Omit<Server, 'id'>>;

export interface StoredServer extends Omit<Server, 'status'> {
  status: Server['status'];
}

/** Servers are suspended and lifted one by one, each by its own id. */
export function testServers(state: TestPanelState, performer: Performer, traits: TestTraits): ServersAbility {
  function set(action: 'server.suspend' | 'server.unsuspend', serverId: string, to: Server['status']) {
    return async (change: Parameters<NonNullable<ServersAbility['suspension']>['suspend']>[1]) => {
      const { account } = serverOf(state, serverId);
      await performer.change(action, account.id, { traits, change }, async ({ once }) => ({
        effected: once(() => {
          serverOf(state, serverId).server.status = to;
          return { accountId: liveAccount(state, account.id).id, balance: null };
        }),
        result: undefined,
      }));
    };
  }
  return {
    list: (accountId, call) =>
      performer.read('servers.list', accountId, call, () =>
        storedAccount(state, accountId).servers.map((server) => ({ ...server })),
      ),
    suspension: {
      traits,
      suspend: (serverId, change) => set('server.suspend', serverId, 'suspended')(change),
      unsuspend: (serverId, change) => set('server.unsuspend', serverId, 'active')(change),
    },
  };
}

export function insertServer(state: TestPanelState, accountId: string, server: NewServer): Server {
  const account = storedAccount(state, accountId);
  const inserted: StoredServer = {
    id: `s-${accountId}-${account.servers.length + 1}`,
    status: 'active',
    url: null,
    product: null,
    createdAt: state.now(),
    expiresAt: null,
    ...server,
  };
  account.servers.push(inserted);
  return { ...inserted };
}

function serverOf(state: TestPanelState, serverId: string): { account: StoredAccount; server: StoredServer } {
  for (const account of state.accounts.values()) {
    const server = account.servers.find(({ id }) => id === serverId);
    if (server) return { account, server };
  }
  throw new PanelError('not_found', 'none', `there is no server ${JSON.stringify(serverId)}`);
}
