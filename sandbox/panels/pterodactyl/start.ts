/** A double of Pterodactyl and of Pelican, which is the same but for what differs. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type DoubleOptions, type PanelDouble, startDouble } from '../double.ts';
import { routes } from './routes.ts';
import { note, type PteroKey, type PteroServer, type PteroState, type PteroUser, type Right } from './state.ts';

export interface PterodactylOptions extends DoubleOptions {
  readonly product?: 'pterodactyl' | 'pelican';
  /** Without it there is no limit. */
  readonly requestsPerMinute?: number;
}

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
  readonly allowedIps?: readonly string[];
}

export interface PterodactylDouble extends PanelDouble {
  readonly product: 'pterodactyl' | 'pelican';
  /** The administrator who owns `token`. */
  readonly adminId: number;
  /** Addresses that an account-created e-mail went to, oldest first. */
  readonly mails: readonly string[];
  /** A user that the panel has without anybody's request. */
  addUser(user?: NewUser): PteroUser;
  addServer(server: NewServer): PteroServer;
  addRole(name: string): number;
  /** Makes a key, and returns its token. */
  addKey(key?: NewKey): string;
  user(id: number): PteroUser | null;
  users(): readonly PteroUser[];
  server(id: number): PteroServer | null;
  servers(userId: number): readonly PteroServer[];
  /** Lets a server's node answer with this status until it is null again; 504 stands for a node that is not reached. */
  wingsDown(serverId: number, status: number | null): void;
  /** Lets a server be on its way to another node, or arrive there. */
  transfer(serverId: number, isUnderWay: boolean): void;
  /** The panel's own staff take somebody away, past all guards. */
  removeUser(id: number): void;
  removeServer(id: number): void;
}

export async function startPterodactyl(options: PterodactylOptions = {}): Promise<PterodactylDouble> {
  const { product = 'pterodactyl', now = () => new Date() } = options;
  const state: PteroState = {
    product,
    now,
    users: new Map(),
    servers: new Map(),
    keys: new Map(),
    roles: new Map(product === 'pelican' ? [[1, { id: 1, name: 'Root Admin' }]] : []),
    journal: [],
    mails: [],
    nextUserId: 1,
    nextServerId: 1,
  };
  const admin = insertUser(state, { username: 'panel.admin', email: 'admin@panel.example', rootAdmin: true });
  const token = insertKey(state, { ownerId: admin.id });
  const server = await startDouble(routes(state, { requestsPerMinute: options.requestsPerMinute ?? null }), {
    ...options,
    now,
  });
  return {
    ...server,
    product,
    token,
    adminId: admin.id,
    journal: state.journal,
    mails: state.mails,
    addUser: (user = {}) => insertUser(state, user),
    addServer: (added) => insertServer(state, added),
    addRole(name) {
      const id = state.roles.size + 1;
      state.roles.set(id, { id, name });
      return id;
    },
    addKey: (key = {}) => insertKey(state, { ownerId: admin.id, ...key }),
    user: (id) => state.users.get(id) ?? null,
    users: () => [...state.users.values()],
    server: (id) => state.servers.get(id) ?? null,
    servers: (userId) => [...state.servers.values()].filter((one) => one.userId === userId),
    wingsDown: (id, status) => change(state.servers, id, (one) => (one.wingsStatus = status)),
    transfer: (id, isUnderWay) => change(state.servers, id, (one) => (one.isBeingTransferred = isUnderWay)),
    removeUser: (id) => void state.users.delete(id),
    removeServer: (id) => void state.servers.delete(id),
  };
}

function change<Row>(rows: ReadonlyMap<number, Row>, id: number, how: (row: Row) => void): void {
  const row = rows.get(id);
  if (row === undefined) throw new Error(`the panel has no ${id}`);
  how(row);
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

function insertServer(state: PteroState, server: NewServer): PteroServer {
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

function insertKey(state: PteroState, key: NewKey & { readonly ownerId: number }): string {
  const kind = key.kind ?? 'application';
  const token = (PREFIXES[state.product][kind] + randomBytes(64).toString('hex')).slice(0, 48);
  state.keys.set(token, { users: 3, servers: 3, allowedIps: [], ...key, kind, token });
  return token;
}
