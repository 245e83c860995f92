import type { DoubleEntry } from '../double.ts';

export interface CtrlUser {
  readonly id: number;
  name: string;
  email: string;
  /** Thousandths of a credit, as they are stored. */
  creditsMilli: bigint;
  serverLimit: number;
  pterodactylId: string | null;
  avatar: string | null;
  ip: string | null;
  suspended: boolean;
  referralCode: string;
  emailVerifiedReward: boolean;
  discordVerifiedAt: Date | null;
  lastSeen: Date | null;
  emailVerifiedAt: Date | null;
  roleIds: number[];
  /** In clear, as only a double may keep it. */
  password: string;
  /** What was stored unhashed lets nobody in. */
  isPasswordHashed: boolean;
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface CtrlServer {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  suspended: Date | null;
  readonly identifier: string | null;
  readonly billingPriority: 1 | 2 | 3 | null;
  readonly pterodactylId: number | null;
  readonly userId: number;
  readonly productId: string;
  canceled: Date | null;
  /** A server without one turns every answer that it stands in into a 500. */
  lastBilled: Date | null;
  readonly status: 'active' | 'provisioning' | 'failed' | 'pending_reconciliation';
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface CtrlProduct {
  readonly id: string;
  readonly name: string;
  readonly priceMilli: bigint;
  readonly createdAt: Date;
}

export interface CtrlPayment {
  readonly id: string;
  readonly userId: number;
  /** The gateway's own. */
  readonly paymentId: string | null;
  readonly type: string;
  readonly status: 'open' | 'processing' | 'paid' | 'canceled';
  /** How many credits, or how much server limit, was bought, in thousandths. */
  readonly amountMilli: bigint;
  readonly priceMilli: bigint;
  readonly taxPercent: number;
  readonly currencyCode: string;
  readonly paymentMethod: string;
  readonly createdAt: Date;
}

export interface CtrlVoucher {
  readonly id: number;
  code: string;
  memo: string | null;
  creditsMilli: bigint;
  uses: number;
  /** In the panel's own time zone. */
  expiresAt: string | null;
  readonly userIds: number[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface CtrlRole {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly power: number;
  readonly createdAt: Date;
}

export interface CtrlNotification {
  readonly id: string;
  readonly userId: number;
  readonly type: string;
  readonly title: string;
  readonly content: string;
  readonly createdAt: Date;
}

export interface CtrlDiscordUser {
  readonly id: string;
  readonly userId: number;
  readonly username: string;
  readonly email: string | null;
  readonly createdAt: Date;
}

export type Release = '1.2.0' | '1.1.1' | 'development';

export interface CtrlState {
  readonly release: Release;
  readonly now: () => Date;
  readonly timeZone: string;
  readonly users: Map<number, CtrlUser>;
  readonly servers: Map<string, CtrlServer>;
  readonly products: Map<string, CtrlProduct>;
  readonly payments: Map<string, CtrlPayment>;
  readonly vouchers: Map<number, CtrlVoucher>;
  readonly roles: Map<number, CtrlRole>;
  readonly notifications: Map<string, CtrlNotification>;
  /** By the Discord user's id. */
  readonly discordUsers: Map<string, CtrlDiscordUser>;
  /** The token that tests and the sandbox use. */
  readonly token: string;
  readonly tokens: Set<string>;
  readonly journal: DoubleEntry[];
  readonly mails: { readonly to: string; readonly about: string }[];
  /** Users whose credit event has yet to be handled. */
  readonly queue: number[];
  isCreationEnabled: boolean;
  isInMaintenance: boolean;
  /** What increments and decrements wait for between their check and their writing. */
  writesWaitFor: Promise<unknown> | null;
  nextUserId: number;
  nextVoucherId: number;
}

export function note(
  state: CtrlState,
  action: string,
  accountId: number | null,
  { deltaMinor = null, ...detail }: { readonly deltaMinor?: bigint | null } & Record<string, unknown> = {},
): void {
  state.journal.push({
    at: state.now(),
    action,
    accountId: accountId === null ? null : String(accountId),
    deltaMinor,
    detail,
  });
}

/** Moves a balance, as one SQL statement does, and writes it down. */
export function moveCredits(
  state: CtrlState,
  user: CtrlUser,
  deltaMinor: bigint,
  action: string,
  detail: Record<string, unknown> = {},
): void {
  user.creditsMilli += deltaMinor;
  user.updatedAt = state.now();
  note(state, action, user.id, { ...detail, deltaMinor });
}
