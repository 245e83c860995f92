import { randomBytes, randomUUID } from 'node:crypto';
import { note, type PteroKey, type PteroServer, type PteroState, type PteroUser, type Right } from './state.ts';

export type NewUser = Partial<Omit<PteroUser, 'id' | 'uuid' | 'createdAt' | 'updatedAt'>> & {
  readonly createdAt?: Date;
};

export interface NewServer extends Partial<Pick<PteroServer, 'name' | 'description' | 'externalId' | 'status'>> {
  readonly userId: number;
}

export interface NewKey {
  readonly ownerId?: number;
  readonly kind?: PteroKey['kind'];
  /** Both by default. */
  readonly users?: Right;
  readonly servers?: Right;
  readonly roles?: Right;
  readonly allowedIps?: readonly string[];
}

export function insertUser(state: PteroState, user: NewUser): PteroUser {
  const id = state.nextUserId++;
  const username = (user.username ?? `user${id}`).toLowerCase();
  const email = user.email ?? `${username}@example.com`;
  const at = user.createdAt ?? state.now();
  const row: PteroUser = {
    externalId: null,
    firstName: username,
    lastName: username,
    language: 'en',
    rootAdmin: false,
    twoFactor: false,
    isManagedExternally: false,
    password: null,
    ...user,
    id,
    uuid: randomUUID(),
    username,
    email: state.product === 'pelican' ? email.toLowerCase() : email,
    roleIds: user.roleIds ?? (user.rootAdmin && state.product === 'pelican' ? [1] : []),
    createdAt: at,
    updatedAt: at,
  };
  state.users.set(id, row);
  return row;
}

export function insertServer(state: PteroState, server: NewServer): PteroServer {
  const id = state.nextServerId++;
  const at = state.now();
  const row: PteroServer = {
    externalId: null,
    name: `server-${id}`,
    description: '',
    status: null,
    ...server,
    id,
    uuid: randomUUID(),
    isHeldByNode: server.status === 'suspended',
    isBeingTransferred: false,
    wingsStatus: null,
    createdAt: at,
    updatedAt: at,
  };
  state.servers.set(id, row);
  note(state, 'server.add', row.userId, { serverId: id });
  return row;
}

const PREFIXES = {
  pterodactyl: { application: 'ptla_', account: 'ptlc_' },
  pelican: { application: 'papp_', account: 'pacc_' },
} as const;

export function insertKey(state: PteroState, key: NewKey & { readonly ownerId: number }): string {
  const kind = key.kind ?? 'application';
  const token = (PREFIXES[state.product][kind] + randomBytes(64).toString('hex')).slice(0, 48);
  state.keys.set(token, { users: 3, servers: 3, roles: 3, allowedIps: [], ...key, kind, token });
  return token;
}

export function insertRole(state: PteroState, name: string): number {
  const id = state.roles.size + 1;
  state.roles.set(id, { id, uuid: randomUUID(), name, createdAt: state.now() });
  return id;
}
