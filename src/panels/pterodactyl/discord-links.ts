import { type DiscordLinksAbility, PanelError } from '../panel.ts';
import { type Connection, TRAITS } from './connection.ts';
import { discordIdOf, SNOWFLAKE } from './map.ts';
import { requireUser, writeUser } from './write.ts';

/** Discord ids kept as external ids, a free text that only the panel's administrators and programs write. */
export function createDiscordLinks({ client, accountOf }: Connection): DiscordLinksAbility {
  return {
    proves: false,
    async find(userId, call) {
      const user = SNOWFLAKE.test(userId) ? await client.userByExternalId(userId, call) : null;
      return user?.externalId === userId ? [accountOf(user)] : [];
    },
    keeping: {
      traits: { ...TRAITS, effects: ['The Discord id is written down as the account’s external id.'] },
      async keep(accountId, userId, change) {
        const before = await requireUser(client, accountId, change);
        const kept = discordIdOf(before);
        if (kept === userId) return accountOf(before);
        if (before.externalId !== null && kept === null) {
          if (userId === null) return accountOf(before);
          throw conflict('The account’s external id belongs to another program and stays as it is.');
        }
        if (kept !== null && userId !== null) throw conflict('The account is kept for another Discord user already.');
        return accountOf(await writeUser(client, before, { external_id: userId }, change));
      },
    },
  };
}

function conflict(detail: string): PanelError {
  return new PanelError('conflict', 'none', 'the external id is another one', { detail });
}
