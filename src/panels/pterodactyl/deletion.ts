import type { DeletionAbility } from '../panel.ts';
import { type Connection, TRAITS } from './connection.ts';
import { rejected } from './errors.ts';
import type { User } from './users.ts';
import { requireUser } from './write.ts';

const NAMED_SERVERS = 10;

/** Deletes for good; whoever owns servers is not deleted by the panel, and whoever owns our key not by Steward. */
export function createDeletion({ client, requireNotOurs }: Connection): DeletionAbility {
  return {
    traits: { ...TRAITS, effects: ['A deleted account cannot be brought back.'], soft: false },
    async preview(accountId, call) {
      const user = await requireUser(client, accountId, call);
      return [
        'The account is gone from the panel, with its keys and its access to other people’s servers.',
        ...serversSentence(user),
        ...(user.rootAdmin ? ['It administers the panel.'] : []),
      ];
    },
    async delete(accountId, change) {
      const user = await requireUser(client, accountId, change);
      requireNotOurs(user);
      const [stays] = serversSentence(user);
      if (user.servers && stays) throw rejected('it owns servers', stays);
      await client.deleteUser(user.id, change);
    },
  };
}

/** What keeps the panel from deleting. Names are whatever their owners wrote: the caller shows them as such. */
function serversSentence({ servers }: User): readonly string[] {
  if (servers === null)
    return ['Steward’s key may not read servers: if the account owns any, the panel refuses to delete it.'];
  if (servers.length === 0) return [];
  const names = servers.slice(0, NAMED_SERVERS).map(({ name }) => name);
  const more = servers.length > names.length ? ` and ${servers.length - names.length} more` : '';
  return [`The panel refuses as long as the account owns servers: ${names.join(', ')}${more}.`];
}
