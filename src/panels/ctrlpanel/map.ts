import type { Account } from '../../domain/account.ts';
import { creditsOf } from './amounts.ts';
import type { WireUser } from './api-types.ts';
import type { Release } from './release.ts';
import type { Role } from './roles.ts';
import { timeOf } from './times.ts';

/** A user as the panel has it. What it does not send with every answer is kept from the last one that had it. */
export type ReadUser = WireUser;

/**
 * How long after a lost answer the panel may still act. Its own database: a request that waits for its turn. An account: Pterodactyl may take half
 * a minute, and the request may wait before. Servers: half a minute for each, one after another.
 */
export const SETTLE_AFTER_MS = { row: 60_000, account: 120_000, servers: 600_000 } as const;

/** What one account is asked with. Without their servers: a single one without a date of billing makes the whole answer an error. */
export const INCLUDE = 'discordUser,roles,serversCount,paymentsCount';

const ID = /^[1-9]\d{0,18}$/;
const LARGEST_ID = 2n ** 63n - 1n;

/** Whether the panel's database would take it for one number and no other. It reads `50abc` as 50. */
export function isId(accountId: string): boolean {
  return ID.test(accountId) && BigInt(accountId) <= LARGEST_ID;
}

export function toAccount(
  { id: panel, timeZone }: { readonly id: string; readonly timeZone: string },
  user: ReadUser,
  roles: readonly Role[],
  release: Release,
): Account {
  const lastSeen = timeOf(user.last_seen, timeZone)?.toISOString();
  return {
    panel,
    id: String(user.id),
    email: user.email.toLowerCase(),
    username: user.name,
    name: null,
    status: user.suspended ? 'suspended' : 'active',
    roles: roles.map(({ name }) => name),
    administrator: roles.some(({ administrator }) => administrator),
    verified: Boolean(user.email_verified_at),
    balance: release === 'old' || user.credits == null ? null : creditsOf(Number(user.credits)),
    discordId: user.discord_user?.id ?? null,
    createdAt: timeOf(user.created_at, timeZone),
    details: {
      serverLimit: user.server_limit,
      ...(user.servers_count === undefined ? {} : { servers: user.servers_count }),
      ...(user.payments_count === undefined ? {} : { payments: user.payments_count }),
      ...(lastSeen === undefined ? {} : { lastSeenAt: lastSeen }),
    },
  };
}
