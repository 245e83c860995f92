/** A double of Pterodactyl and of Pelican, which is the same but for what differs. */
import { deserialize, serialize } from 'node:v8';
import { type DoubleOptions, type PanelDouble, startDouble } from '../double.ts';
import {
  insertKey,
  insertRole,
  insertServer,
  insertUser,
  type NewKey,
  type NewServer,
  type NewUser,
} from './insert.ts';
import { routes } from './routes.ts';
import type { PteroServer, PteroState, PteroUser } from './state.ts';

export type { NewKey, NewServer, NewUser } from './insert.ts';
export type { PteroServer, PteroUser } from './state.ts';

export interface PterodactylOptions extends DoubleOptions {
  readonly product?: 'pterodactyl' | 'pelican';
  /** Without it there is no limit. */
  readonly requestsPerMinute?: number;
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
  const { product = 'pterodactyl', now = () => new Date(), saved } = options;
  const state: PteroState = saved === undefined ? freshState(product, now) : { ...restored(saved), product, now };
  const server = await startDouble(routes(state, { requestsPerMinute: options.requestsPerMinute ?? null }), {
    ...options,
    now,
  });
  return {
    ...server,
    product,
    token: state.token,
    adminId: state.adminId,
    save: () => serialize({ ...state, now: null }),
    journal: state.journal,
    mails: state.mails,
    addUser: (user = {}) => insertUser(state, user),
    addServer: (added) => insertServer(state, added),
    addRole: (name) => insertRole(state, name),
    addKey: (key = {}) => insertKey(state, { ownerId: state.adminId, ...key }),
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

function restored(saved: Uint8Array): Omit<PteroState, 'product' | 'now'> {
  return deserialize(saved);
}

/** A panel as it is installed: with an administrator, who has a key. */
function freshState(product: PteroState['product'], now: () => Date): PteroState {
  const state: PteroState = {
    product,
    now,
    users: new Map(),
    servers: new Map(),
    keys: new Map(),
    roles: new Map(),
    journal: [],
    mails: [],
    adminId: 1,
    token: '',
    nextUserId: 1,
    nextServerId: 1,
  };
  if (product === 'pelican') insertRole(state, 'Root Admin');
  state.adminId = insertUser(state, { username: 'panel.admin', email: 'admin@panel.example', rootAdmin: true }).id;
  state.token = insertKey(state, { ownerId: state.adminId });
  return state;
}
