import type { Account, AccountDetails } from '../../domain/account.ts';
import type { Server } from '../panel.ts';
import type { Product } from './errors.ts';
import { ROOT_ADMIN, type ServerRow, type User } from './users.ts';

/** How the users of one panel are shown. */
export interface Shown {
  /** The panel's id. */
  readonly panel: string;
  readonly product: Product;
  /** Whether Discord ids are kept as external ids. */
  readonly keepsDiscordIds: boolean;
}

/** Pterodactyl's only role: it opens the panel's administration, and with it its API. */
export const ADMINISTRATOR = 'administrator';

/** The shape of Discord's ids. */
export const SNOWFLAKE = /^\d{17,20}$/;

/** A Discord id that was written down as an external id; null for whatever else stands there. */
export function discordIdOf({ externalId }: Pick<User, 'externalId'>): string | null {
  return externalId !== null && SNOWFLAKE.test(externalId) ? externalId : null;
}

/** Neither product knows a suspended user: only servers are suspended there. */
export function toAccount({ panel, product, keepsDiscordIds }: Shown, user: User): Account {
  const discordId = keepsDiscordIds ? discordIdOf(user) : null;
  const roles = rolesOf(product, user);
  return {
    panel,
    id: user.id,
    email: user.email,
    username: user.username,
    name: [user.firstName, user.lastName].filter(Boolean).join(' ') || null,
    status: 'active',
    roles,
    // Whatever role somebody has on Pelican lets them into a part of its administration.
    administrator: user.rootAdmin || roles.length > 0,
    verified: null,
    balance: null,
    discordId,
    createdAt: user.createdAt,
    details: detailsOf(user, discordId),
  };
}

function rolesOf(product: Product, { rootAdmin, roles }: User): readonly string[] {
  if (product === 'Pterodactyl') return rootAdmin ? [ADMINISTRATOR] : [];
  return roles?.map(({ name }) => name) ?? (rootAdmin ? [ROOT_ADMIN] : []);
}

function detailsOf(user: User, discordId: string | null): AccountDetails {
  const { firstName, lastName, language, externalId, servers, twoFactor } = user;
  return {
    ...(firstName === null ? {} : { firstName }),
    ...(lastName === null ? {} : { lastName }),
    ...(language === null ? {} : { language }),
    ...(externalId === null || discordId !== null ? {} : { externalId }),
    ...(servers ? { servers: servers.length, suspendedServers: servers.filter(isSuspended).length } : {}),
    twoFactor,
  };
}

export function isSuspended({ status, suspended }: ServerRow): boolean {
  return suspended || status === 'suspended';
}

const STATUSES: Readonly<Record<string, Server['status']>> = {
  installing: 'installing',
  restoring_backup: 'installing',
  install_failed: 'failed',
  reinstall_failed: 'failed',
};

/** @param url where the panel is opened in a browser */
export function toServer(url: string, server: ServerRow): Server {
  return {
    id: String(server.id),
    name: server.name,
    status: isSuspended(server) ? 'suspended' : (STATUSES[server.status ?? ''] ?? 'active'),
    url: `${url}/server/${encodeURIComponent(server.identifier)}`,
    product: null,
    createdAt: server.created_at,
    expiresAt: null,
  };
}
