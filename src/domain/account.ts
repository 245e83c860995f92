import type { Money } from './money.ts';

export type AccountStatus = 'active' | 'suspended' | 'deleted';

/** A user of a panel, as its adapter reads it. */
export interface Account {
  /** Id of the panel that it belongs to. */
  readonly panel: string;
  /** Opaque to everyone but the panel's adapter, at most 64 characters. */
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly name: string | null;
  readonly status: AccountStatus;
  /** Names of the panel's own roles. */
  readonly roles: readonly string[];
  /** Whether the panel itself lets this account administer it. */
  readonly administrator: boolean;
  /** Null where the panel does not know of verification. */
  readonly verified: boolean | null;
  /** Null where the panel keeps no credits. */
  readonly balance: Money | null;
  /** Discord user that the panel itself holds linked. */
  readonly discordId: string | null;
  readonly createdAt: Date | null;
  readonly details: AccountDetails;
}

/** What some panels know of an account beside what all of them do. What is absent is not known, or there is no such thing on this panel. */
export interface AccountDetails {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly language?: string;
  /** Free text by which other programs know the account at the panel. */
  readonly externalId?: string;
  readonly twoFactor?: boolean;
  readonly serverLimit?: number;
  readonly servers?: number;
  readonly suspendedServers?: number;
  readonly payments?: number;
  /** When its owner was last seen at the panel, as ISO 8601. */
  readonly lastSeenAt?: string;
}

/** Which account: enough to name it in a log, a button or a key. */
export interface AccountReference {
  readonly panel: string;
  readonly accountId: string;
}

/** `<panel>/<account id>`, the value of an autocomplete choice. */
export function formatReference({ panel, accountId }: AccountReference): string {
  return `${panel}/${accountId}`;
}

const REFERENCE = /^([a-z][a-z0-9_]{0,15})\/(.{1,64})$/u;

export function parseReference(text: string): AccountReference | null {
  const match = REFERENCE.exec(text);
  return match?.[1] && match[2] ? { panel: match[1], accountId: match[2] } : null;
}
