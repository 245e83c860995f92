import type { Account } from '../../domain/account.ts';
import type { Traits } from '../panel.ts';
import type { PterodactylClient } from './client.ts';
import { rejected } from './errors.ts';
import { toAccount } from './map.ts';
import type { User } from './users.ts';

/** What the abilities of one panel have in common. */
export interface Connection {
  readonly client: PterodactylClient;
  /** Where the panel is opened in a browser. */
  readonly url: string;
  accountOf(user: User): Account;
  /**
   * @param mayOwn whether this user is one of those who may own keys; absent: where they are a root administrator
   * @throws PanelError `rejected` for a user who owns our key, or may: without them nothing works any more.
   */
  requireNotOurs(user: User, options?: { readonly mayOwn: boolean }): void;
}

/** What a request asks of the database and of a node is over long before; the rest is for one that waits behind others. */
const SETTLE_AFTER_MS = 120_000;

/** No change carries a reference of ours; what it came to is read. */
export const TRAITS: Traits = { idempotent: false, proof: 'state', settleAfterMs: SETTLE_AFTER_MS, effects: [] };

export function createConnection({
  panel,
  client,
  url,
  keepsDiscordIds,
  keyOwnerId,
}: {
  readonly panel: string;
  readonly client: PterodactylClient;
  readonly url: string;
  readonly keepsDiscordIds: boolean;
  /** Null where nobody has said. */
  readonly keyOwnerId: string | null;
}): Connection {
  return {
    client,
    url,
    accountOf: (user) => toAccount({ panel, product: client.product(), keepsDiscordIds }, user),
    requireNotOurs({ id, rootAdmin }, { mayOwn } = { mayOwn: rootAdmin }) {
      if (id === keyOwnerId)
        throw rejected(
          'it owns our key',
          'Steward’s own key belongs to this account: without it Steward is shut out of the panel.',
        );
      if (keyOwnerId === null && mayOwn)
        throw rejected(
          'it may own our key',
          'Steward’s own key may belong to this administrator: it can be done here once its settings name the one who made the key.',
        );
    },
  };
}
