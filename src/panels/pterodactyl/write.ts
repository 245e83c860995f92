import { type Call, type Change, PanelError } from '../panel.ts';
import { isId, type PterodactylClient } from './client.ts';
import { malformed, type Product, rejected } from './errors.ts';
import type { RequestValues } from './fields.ts';
import type { User } from './users.ts';

export function notFound(id: string): PanelError {
  return new PanelError('not_found', 'none', `there is no account ${JSON.stringify(id)}`);
}

/** @throws PanelError `not_found` */
export async function requireUser(client: PterodactylClient, id: string, call: Call): Promise<User> {
  const user = isId(id) ? await client.user(id, call) : null;
  if (!user) throw notFound(id);
  return user;
}

/**
 * Changes what is given of a user who was read just before. Neither product takes less than all that it requires, so that the rest of it is
 * sent as it was read; what is not required is left out and stays, whoever changes it meanwhile. Neither knows versions: of two who write in
 * the same moment, the later one undoes the other's change of a required field.
 */
export async function writeUser(
  client: PterodactylClient,
  before: User,
  given: RequestValues,
  change: Change,
): Promise<User> {
  if (Object.keys(given).length === 0) return before;
  const values = { ...required(before, given, client.product()), ...given };
  const after = await client.updateUser(before.id, { ...values }, change);
  requireWritten(client.product(), after, values, before.id);
  return after;
}

/**
 * What each change has to say again.
 *
 * @throws PanelError `rejected` for a user whom Pterodactyl would not change as they are: whoever was made without a name
 */
function required(
  { email, username, firstName, lastName }: User,
  given: RequestValues,
  product: Product,
): RequestValues {
  if (product === 'Pelican') return { email, username };
  const [first_name, last_name] = [given.first_name ?? firstName, given.last_name ?? lastName];
  if (first_name && last_name) return { email, username, first_name, last_name };
  throw rejected(
    'a required name is missing',
    'The account lacks a first or last name, without which the panel changes nothing of it: give it one first.',
  );
}

/** @throws PanelError `malformed`, effect `unknown`, when the panel's answer is not what was written. */
export function requireWritten(product: Product, after: User, values: RequestValues, id: string | null): void {
  const written: RequestValues = {
    email: after.email,
    username: after.username,
    language: after.language ?? '',
    external_id: after.externalId,
    root_admin: after.rootAdmin,
    first_name: after.firstName ?? '',
    last_name: after.lastName ?? '',
  };
  const differs = Object.entries(values).find(([name, value]) => {
    const is = written[name as keyof RequestValues];
    return name !== 'password' && fold(is) !== fold(value);
  });
  if (!differs && (id === null || after.id === id)) return;
  throw malformed({ what: 'writing a user', writes: true, product }, `the answer has another ${differs?.[0] ?? 'id'}`);
}

/** Usernames are kept in lower case, and on Pelican e-mails. */
function fold(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}
