import type { ServerAnswer, UserAnswer } from './api-types.ts';
import type { Product } from './errors.ts';

export interface Role {
  readonly id: number;
  readonly name: string;
}

/** Pelican's role that may do everything, and that its API neither gives nor takes. */
export const ROOT_ADMIN = 'Root Admin';

export type ServerRow = ServerAnswer['attributes'];

/** A user as the panel has it, whichever product that is. */
export interface User {
  readonly id: string;
  readonly externalId: string | null;
  readonly username: string;
  readonly email: string;
  /** Null on Pelican, and for users who were made without. */
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly language: string | null;
  readonly rootAdmin: boolean;
  readonly twoFactor: boolean;
  readonly createdAt: Date | null;
  /** In the order of their ids; null where the key may not read servers, or they were not asked for: that is not to have none. */
  readonly servers: readonly ServerRow[] | null;
  /** Pelican's, in the order of their ids; null as above, and on Pterodactyl. */
  readonly roles: readonly Role[] | null;
}

/** Told apart by what only one of them says of its users; null where neither is said. */
export function productOf({ attributes }: UserAnswer): Product | null {
  if (attributes.first_name !== undefined) return 'Pterodactyl';
  return attributes['2fa_enabled'] === undefined ? null : 'Pelican';
}

export function toUser({ attributes }: UserAnswer): User {
  const { relationships } = attributes;
  return {
    id: String(attributes.id),
    externalId: attributes.external_id,
    username: attributes.username,
    email: attributes.email,
    firstName: attributes.first_name || null,
    lastName: attributes.last_name || null,
    language: attributes.language ?? null,
    rootAdmin: attributes.root_admin,
    twoFactor: attributes['2fa_enabled'] ?? attributes['2fa'] ?? false,
    createdAt: attributes.created_at,
    servers: itemsOf(relationships?.servers),
    roles: itemsOf(relationships?.roles),
  };
}

/** Whatever is hidden is not nothing. */
function itemsOf<Item extends { readonly id: number }>(
  related:
    | { readonly data: readonly { readonly attributes: Item }[] }
    | { readonly object: 'null_resource' }
    | undefined,
): readonly Item[] | null {
  if (!related || !('data' in related)) return null;
  return related.data.map(({ attributes }) => attributes).toSorted((one, other) => one.id - other.id);
}
