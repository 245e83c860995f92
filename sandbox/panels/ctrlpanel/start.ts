/** A double of CtrlPanel.gg in front of a double of Pterodactyl. */
import { deserialize, serialize } from 'node:v8';
import { type DoubleOptions, type PanelDouble, startDouble } from '../double.ts';
import { type PterodactylDouble, startPterodactyl } from '../pterodactyl/start.ts';
import { Backend } from './backend.ts';
import { insertPayment, insertProduct, insertServer, insertUser, linkDiscord, nanoid, stockRoles } from './insert.ts';
import { runQueue } from './queue.ts';
import { routes } from './routes.ts';
import {
  type CtrlNotification,
  type CtrlPayment,
  type CtrlProduct,
  type CtrlServer,
  type CtrlState,
  type CtrlUser,
  type CtrlVoucher,
  moveCredits,
  type Release,
} from './state.ts';
import { redeemVoucher } from './vouchers.ts';

export type { CtrlNotification, CtrlPayment, CtrlProduct, CtrlServer, CtrlUser, CtrlVoucher } from './state.ts';

export interface CtrlPanelOptions extends DoubleOptions {
  readonly release?: Release;
  /** Its backend; one of its own by default, which stops with it. */
  readonly pterodactyl?: PterodactylDouble;
  /** Without it there is no limit; the panel's own is 60. */
  readonly requestsPerMinute?: number;
  /** The panel's APP_TIMEZONE, by its IANA name; UTC by default. */
  readonly timeZone?: string;
  /** How long the panel waits for its backend, in milliseconds. */
  readonly backendTimeoutMs?: number;
}

export type NewCtrlUser = Partial<Omit<CtrlUser, 'id' | 'pterodactylId'>>;

export interface NewCtrlServer {
  readonly userId: number;
  readonly name?: string;
  /** Of the product, per period; 10 credits by default. */
  readonly priceMilli?: bigint;
  readonly isSuspended?: boolean;
  /** Whether Pterodactyl has it; one that failed to be made is not there. */
  readonly isInBackend?: boolean;
  readonly isEverBilled?: boolean;
}

export interface CtrlPanelDouble extends PanelDouble {
  readonly pterodactyl: PterodactylDouble;
  /** E-mails, oldest first. */
  readonly mails: readonly { readonly to: string; readonly about: string }[];
  /** A user who has registered on the web, in Pterodactyl too. */
  addUser(user?: NewCtrlUser): CtrlUser;
  /** A user without an account in Pterodactyl. */
  addUserWithoutBackend(user?: NewCtrlUser): CtrlUser;
  addServer(server: NewCtrlServer): CtrlServer;
  addProduct(name: string, priceMilli: bigint): CtrlProduct;
  addPayment(payment: Partial<Omit<CtrlPayment, 'id'>> & Pick<CtrlPayment, 'userId'>): CtrlPayment;
  linkDiscord(userId: number, discordId: string, username?: string): void;
  /** Makes another token. */
  addToken(): string;
  /** As the panel holds it now, with exact thousandths. */
  user(id: number): CtrlUser | null;
  users(): readonly CtrlUser[];
  servers(userId: number): readonly CtrlServer[];
  vouchers(): readonly CtrlVoucher[];
  notifications(userId: number): readonly CtrlNotification[];
  /** A member redeems a voucher in the panel. */
  redeem(code: string, userId: number): void;
  /** The panel moves a balance by itself, as its billing does. */
  moveBalance(userId: number, deltaMinor: bigint): void;
  /** The panel's worker handles what has queued up: servers are charged for and turned on. */
  runQueue(): Promise<void>;
  canLogIn(userId: number, password: string): boolean;
  setCreationEnabled(isEnabled: boolean): void;
  setMaintenance(isOn: boolean): void;
  /** Lets increments and decrements wait between their check and their writing, so that two can overtake each other; null ends it. */
  holdWrites(until: Promise<unknown> | null): void;
}

export async function startCtrlPanel(options: CtrlPanelOptions = {}): Promise<CtrlPanelDouble> {
  const { release = '1.2.0', now = () => new Date(), timeZone = 'UTC', backendTimeoutMs = 30_000, saved } = options;
  const pterodactyl = options.pterodactyl ?? (await startPterodactyl({ now }));
  const fresh = emptyState({ release, now, timeZone, token: nanoid(48) });
  const state: CtrlState = saved === undefined ? fresh : { ...fresh, ...restored(saved) };
  const backend = new Backend(pterodactyl, backendTimeoutMs);
  const server = await startDouble(routes(state, backend, { requestsPerMinute: options.requestsPerMinute ?? null }), {
    ...options,
    now,
  });
  const known = (id: number): CtrlUser => {
    const user = state.users.get(id);
    if (user === undefined) throw new Error(`the panel has no user ${id}`);
    return user;
  };
  return {
    ...server,
    pterodactyl,
    token: state.token,
    journal: state.journal,
    mails: state.mails,
    addUser: (user = {}) => insertUser(state, { ...user, pterodactylId: registerIn(pterodactyl, state, user) }),
    addUserWithoutBackend: (user = {}) => insertUser(state, user),
    addServer: (added) => addServer(state, pterodactyl, known(added.userId), added),
    addProduct: (name, priceMilli) => insertProduct(state, name, priceMilli),
    addPayment: (payment) => insertPayment(state, payment),
    linkDiscord: (userId, discordId, username) => linkDiscord(state, known(userId), discordId, username),
    addToken() {
      const made = nanoid(48);
      state.tokens.add(made);
      return made;
    },
    user: (id) => state.users.get(id) ?? null,
    users: () => [...state.users.values()],
    servers: (userId) => [...state.servers.values()].filter((one) => one.userId === userId),
    vouchers: () => [...state.vouchers.values()],
    notifications: (userId) => [...state.notifications.values()].filter((one) => one.userId === userId),
    redeem: (code, userId) => redeemVoucher(state, code, known(userId)),
    moveBalance: (userId, deltaMinor) => moveCredits(state, known(userId), deltaMinor, 'outside'),
    runQueue: () => runQueue(state, backend),
    canLogIn: (userId, password) => known(userId).isPasswordHashed && known(userId).password === password,
    setCreationEnabled(isEnabled) {
      state.isCreationEnabled = isEnabled;
    },
    setMaintenance(isOn) {
      state.isInMaintenance = isOn;
    },
    holdWrites(until) {
      state.writesWaitFor = until;
    },
    save: () => serialize({ ...state, release: undefined, now: undefined, timeZone: undefined, writesWaitFor: null }),
    async stop() {
      await server.stop();
      if (options.pterodactyl === undefined) await pterodactyl.stop();
    },
  };
}

/** What it was told at its start is not restored. */
function restored(saved: Uint8Array): Partial<CtrlState> {
  const { release: _release, now: _now, timeZone: _timeZone, ...state } = deserialize(saved) as CtrlState;
  return state;
}

function emptyState(settings: Pick<CtrlState, 'release' | 'now' | 'timeZone' | 'token'>): CtrlState {
  return {
    ...settings,
    users: new Map(),
    servers: new Map(),
    products: new Map(),
    payments: new Map(),
    vouchers: new Map(),
    roles: new Map(stockRoles(settings.now()).map((role) => [role.id, role])),
    notifications: new Map(),
    discordUsers: new Map(),
    tokens: new Set([settings.token]),
    journal: [],
    mails: [],
    queue: [],
    isCreationEnabled: true,
    isInMaintenance: false,
    writesWaitFor: null,
    nextUserId: 1,
    nextVoucherId: 1,
  };
}

/** Registration on the web sends no external id, and so makes any number of accounts. */
function registerIn(pterodactyl: PterodactylDouble, state: CtrlState, user: NewCtrlUser): string {
  const name = user.name ?? `member${state.nextUserId}`;
  const made = pterodactyl.addUser({
    username: name,
    email: user.email ?? `${name.toLowerCase()}@example.com`,
    firstName: name,
    lastName: name,
    ...(user.createdAt === undefined ? {} : { createdAt: user.createdAt }),
  });
  return String(made.id);
}

function addServer(
  state: CtrlState,
  pterodactyl: PterodactylDouble,
  user: CtrlUser,
  { name, priceMilli = 10_000n, isSuspended = false, isInBackend = true, isEverBilled = true }: NewCtrlServer,
): CtrlServer {
  const product =
    [...state.products.values()].find((one) => one.priceMilli === priceMilli) ??
    insertProduct(state, `Plan ${state.products.size + 1}`, priceMilli);
  const inBackend = isInBackend
    ? pterodactyl.addServer({
        userId: Number(user.pterodactylId),
        status: isSuspended ? 'suspended' : null,
        ...(name === undefined ? {} : { name }),
      })
    : null;
  return insertServer(state, {
    userId: user.id,
    productId: product.id,
    suspended: isSuspended ? state.now() : null,
    pterodactylId: inBackend?.id ?? null,
    identifier: inBackend?.uuid.slice(0, 8) ?? null,
    status: isInBackend ? 'active' : 'failed',
    lastBilled: isEverBilled ? state.now() : null,
    ...(name === undefined ? {} : { name }),
  });
}
