import type { DoubleEntry } from '../double.ts';

export interface PteroUser {
  readonly id: number;
  externalId: string | null;
  readonly uuid: string;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  language: string;
  rootAdmin: boolean;
  twoFactor: boolean;
  isManagedExternally: boolean;
  roleIds: number[];
  /** In clear, as only a double may keep it; null for one that the panel made up. */
  password: string | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

export type ServerStatus = 'installing' | 'install_failed' | 'reinstall_failed' | 'suspended' | 'restoring_backup';

export interface PteroServer {
  readonly id: number;
  externalId: string | null;
  readonly uuid: string;
  name: string;
  description: string;
  userId: number;
  status: ServerStatus | null;
  /** What the node does; Pelican's can differ from what the panel says. */
  isHeldByNode: boolean;
  isBeingTransferred: boolean;
  /** What Wings answers instead of obeying; 504 stands for a node that is not reached. */
  wingsStatus: number | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** 0 none, 1 read, 2 write, 3 both. */
export type Right = 0 | 1 | 2 | 3;

export interface PteroKey {
  readonly token: string;
  readonly ownerId: number;
  /** Of an application key; an account key has its owner's rights. */
  readonly kind: 'application' | 'account';
  readonly users: Right;
  readonly servers: Right;
  readonly roles: Right;
  /** Callers that it may be used by; empty for all. */
  readonly allowedIps: readonly string[];
}

export interface PteroRole {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface PteroState {
  readonly product: 'pterodactyl' | 'pelican';
  readonly now: () => Date;
  readonly users: Map<number, PteroUser>;
  readonly servers: Map<number, PteroServer>;
  readonly keys: Map<string, PteroKey>;
  readonly roles: Map<number, PteroRole>;
  readonly journal: DoubleEntry[];
  /** Account-created e-mails, by address. */
  readonly mails: string[];
  /** The administrator who owns the key with all rights, and that key. */
  adminId: number;
  token: string;
  nextUserId: number;
  nextServerId: number;
}

export function note(
  state: PteroState,
  action: string,
  accountId: number | null,
  detail: Record<string, unknown> = {},
): void {
  state.journal.push({
    at: state.now(),
    action,
    accountId: accountId === null ? null : String(accountId),
    deltaMinor: null,
    detail,
  });
}
