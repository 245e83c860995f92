import type { Account } from '../../domain/account.ts';
import { type Change, PanelError, type RolesAbility } from '../panel.ts';
import type { PterodactylClient } from './client.ts';
import { type Connection, TRAITS } from './connection.ts';
import { malformed, rejected } from './errors.ts';
import { ADMINISTRATOR } from './map.ts';
import { ROOT_ADMIN, type User } from './users.ts';
import { requireUser, writeUser } from './write.ts';

/** Pterodactyl has one role, which an account has or not; Pelican has its own, with a root administrator who is out of reach. */
export function createRoles(connection: Connection): RolesAbility {
  const { client, accountOf } = connection;
  const isPelican = () => client.product() === 'Pelican';
  return {
    get traits() {
      return { ...TRAITS, effects: isPelican() ? PELICAN_EFFECTS : PTERODACTYL_EFFECTS, several: true };
    },
    async choices(call) {
      if (!isPelican()) return [{ name: ADMINISTRATOR, administrator: true }];
      const roles = await client.roles(call);
      return roles.filter(({ name }) => name !== ROOT_ADMIN).map(({ name }) => ({ name, administrator: true }));
    },
    async set(accountId, roles, change): Promise<Account> {
      const before = await requireUser(client, accountId, change);
      const wanted = [...new Set(roles)];
      return accountOf(
        isPelican()
          ? await setRoles(connection, before, wanted, change)
          : await setAdmin(connection, before, wanted, change),
      );
    },
  };
}

const PTERODACTYL_EFFECTS = [
  'The role “administrator” opens the whole administration of the panel, and the keys of its API with it.',
];
const PELICAN_EFFECTS = [
  'Each role opens a part of the panel’s administration, and the keys of its API with it.',
  'Root administrators can only be made, changed and unmade in the panel.',
];

async function setAdmin(
  { client, requireNotOurs }: Connection,
  before: User,
  wanted: readonly string[],
  change: Change,
) {
  if (wanted.some((role) => role !== ADMINISTRATOR)) throw noSuchRole();
  const rootAdmin = wanted.length > 0;
  if (before.rootAdmin === rootAdmin) return before;
  if (!rootAdmin) requireNotOurs(before);
  return writeUser(client, before, { root_admin: rootAdmin }, change);
}

/** First what is taken, then what is given, so that nobody has more in between than before or after. */
async function setRoles(
  { client, requireNotOurs }: Connection,
  before: User,
  wanted: readonly string[],
  change: Change,
) {
  if (before.rootAdmin || wanted.includes(ROOT_ADMIN))
    throw rejected('a root administrator', 'Root administrators can only be made, changed and unmade in the panel.');
  const known = new Map((await client.roles(change)).map(({ id, name }) => [name, id]));
  const had = before.roles;
  if (had === null)
    throw new PanelError('forbidden', 'none', 'roles are hidden', { detail: 'Steward’s key may not read roles.' });
  const idsOf = (names: readonly string[]) => names.map((name) => known.get(name) ?? raise(noSuchRole()));
  const given = idsOf(wanted.filter((name) => !had.some((role) => role.name === name)));
  const taken = had.filter(({ name }) => !wanted.includes(name)).map(({ id }) => id);
  if (taken.length > 0) requireNotOurs(before, { mayOwn: true });
  const run = (action: 'assign' | 'remove', ids: readonly number[]) =>
    change.step(
      `roles ${action}`,
      async () => {
        const { roles } = await client.changeRoles(before.id, action, ids, change);
        const isSo = (id: number) => roles?.some((role) => role.id === id) === (action === 'assign');
        if (!ids.every(isSo)) throw otherRoles();
        return null;
      },
      { repeatable: true },
    );
  if (taken.length > 0) await run('remove', taken);
  if (given.length > 0) await run('assign', given);
  return given.length + taken.length === 0 ? before : written(await readAgain(client, before.id, change), wanted);
}

/** What cannot be read by now has been changed before. */
async function readAgain(client: PterodactylClient, id: string, change: Change): Promise<User> {
  try {
    return await requireUser(client, id, change);
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    throw new PanelError(error.kind, 'unknown', error.message, { detail: error.detail, cause: error });
  }
}

/** The panel passes over what it does not do, and answers as if it had. */
function written(user: User, wanted: readonly string[]): User {
  const has = user.roles?.map(({ name }) => name) ?? [];
  if (has.length === wanted.length && wanted.every((name) => has.includes(name))) return user;
  throw otherRoles();
}

function otherRoles(): PanelError {
  const asked = { what: 'setting roles', writes: true, product: 'Pelican' } as const;
  return malformed(asked, 'the account has other roles than were set');
}

function noSuchRole(): PanelError {
  return rejected('there is no such role', 'There is no such role.');
}

function raise(error: Error): never {
  throw error;
}
