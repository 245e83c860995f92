import { randomBytes, randomUUID } from 'node:crypto';
import type {
  CtrlDiscordUser,
  CtrlNotification,
  CtrlPayment,
  CtrlProduct,
  CtrlRole,
  CtrlServer,
  CtrlState,
  CtrlUser,
} from './state.ts';

const ALPHABET = '_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function nanoid(size: number): string {
  return [...randomBytes(size)].map((byte) => ALPHABET[byte & 63]).join('');
}

/** The roles that every panel begins with. */
export function stockRoles(at: Date): readonly CtrlRole[] {
  const role = (id: number, name: string, color: string, power: number) => ({ id, name, color, power, createdAt: at });
  return [
    role(1, 'Admin', '#fa0000', 100),
    role(2, 'Support-Team', '#00b0b3', 50),
    role(3, 'Client', '#008009', 10),
    role(4, 'User', '#0052a3', 10),
  ];
}

export function insertUser(state: CtrlState, user: Partial<CtrlUser> = {}): CtrlUser {
  const id = user.id ?? state.nextUserId++;
  const name = user.name ?? `member${id}`;
  const at = user.createdAt ?? state.now();
  const row: CtrlUser = {
    email: `${name.toLowerCase()}@example.com`,
    creditsMilli: 250_000n,
    serverLimit: 1,
    pterodactylId: null,
    avatar: null,
    ip: null,
    suspended: false,
    referralCode: nanoid(8).replaceAll(/[_-]/g, 'x'),
    emailVerifiedReward: false,
    discordVerifiedAt: null,
    lastSeen: null,
    emailVerifiedAt: at,
    roleIds: [4],
    password: 'correct horse battery',
    isPasswordHashed: true,
    ...user,
    id,
    name,
    createdAt: at,
    updatedAt: at,
  };
  state.users.set(id, row);
  return row;
}

export function insertProduct(state: CtrlState, name: string, priceMilli: bigint): CtrlProduct {
  const row = { id: nanoid(21), name, priceMilli, createdAt: state.now() };
  state.products.set(row.id, row);
  return row;
}

export function insertServer(
  state: CtrlState,
  server: Partial<CtrlServer> & Pick<CtrlServer, 'userId' | 'productId'>,
): CtrlServer {
  const at = state.now();
  const id = nanoid(21);
  const row: CtrlServer = {
    name: `server ${state.servers.size + 1}`,
    description: null,
    suspended: null,
    identifier: null,
    billingPriority: null,
    pterodactylId: null,
    canceled: null,
    lastBilled: at,
    status: 'active',
    ...server,
    id,
    createdAt: at,
    updatedAt: at,
  };
  state.servers.set(id, row);
  return row;
}

export function insertPayment(
  state: CtrlState,
  payment: Partial<Omit<CtrlPayment, 'id'>> & Pick<CtrlPayment, 'userId'>,
): CtrlPayment {
  const row: CtrlPayment = {
    paymentId: `gw_${nanoid(12)}`,
    type: 'Credits',
    status: 'paid',
    amountMilli: 1_000_000n,
    priceMilli: 10_000n,
    taxPercent: 19,
    currencyCode: 'EUR',
    paymentMethod: 'PayPal',
    createdAt: state.now(),
    ...payment,
    id: nanoid(8),
  };
  state.payments.set(row.id, row);
  return row;
}

/** A link as the member makes it in the panel: one per account; linking again replaces it. */
export function linkDiscord(state: CtrlState, user: CtrlUser, discordId: string, username = user.name): void {
  for (const [id, { userId }] of state.discordUsers) if (userId === user.id) state.discordUsers.delete(id);
  const at = state.now();
  const row: CtrlDiscordUser = { id: discordId, userId: user.id, username, email: user.email, createdAt: at };
  state.discordUsers.set(discordId, row);
  user.discordVerifiedAt = at;
}

export function insertNotification(
  state: CtrlState,
  notification: Pick<CtrlNotification, 'userId' | 'type' | 'title' | 'content'>,
): void {
  const id = randomUUID();
  state.notifications.set(id, { ...notification, id, createdAt: state.now() });
}
