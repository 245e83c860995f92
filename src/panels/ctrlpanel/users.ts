/** Reading and changing one user. */
import type { Account } from '../../domain/account.ts';
import { path } from '../http/client.ts';
import type { Call, Change, JsonValue } from '../panel.ts';
import { PanelError } from '../panel.ts';
import { one, user, wrappedOne } from './api-types.ts';
import type { Connection } from './connection.ts';
import { NO_PTERODACTYL_USER, notFound, rejected, type Writing } from './failures.ts';
import { INCLUDE, isId, type ReadUser, toAccount } from './map.ts';

export const oneUser = one(user);
export const changedUser = wrappedOne(user);

/** Null where there is none. */
export async function readUser(
  { client }: Connection,
  accountId: string,
  call: Call,
  include: string = INCLUDE,
): Promise<ReadUser | null> {
  if (!isId(accountId)) return null;
  try {
    const found = await client.read(call, path`/users/${accountId}`, { include }, oneUser);
    // Releases before 1.2 also take a Discord id for a user's.
    return String(found.id) === accountId ? found : null;
  } catch (error) {
    if (error instanceof PanelError && error.kind === 'not_found') return null;
    throw error;
  }
}

/** @throws PanelError `not_found` */
export async function requireUser(
  panel: Connection,
  accountId: string,
  call: Call,
  include?: string,
): Promise<ReadUser> {
  const found = await readUser(panel, accountId, call, include);
  if (!found) throw notFound(accountId);
  return found;
}

/**
 * The user as it is before a change. What is answered may show that the panel was exchanged for an older one.
 *
 * @throws PanelError with effect `none`: `not_found`, or `unsupported_version`
 */
export async function userToChange(panel: Connection, accountId: string, change: Change): Promise<ReadUser> {
  if (!isId(accountId)) throw notFound(accountId);
  await panel.writable(change);
  const found = await requireUser(panel, accountId, change);
  await panel.writable(change);
  return found;
}

/** @throws PanelError `malformed`, effect `none`, where the roles were asked for and not told: whose they are is to be protected */
export async function accountOf(panel: Connection, found: ReadUser, call: Call): Promise<Account> {
  if (!found.roles) throw new PanelError('malformed', 'none', 'an account was shown without its roles');
  const [release, roles] = [await panel.release(call), await panel.roles.of(found.roles, call)];
  return toAccount(panel, found, roles, release);
}

/** The account that a change has left. Asks nothing more: what fails after a change was made would pass for a failure of the change. */
export function accountAfter(panel: Connection, after: ReadUser): Account {
  return toAccount(panel, after, panel.roles.known(after.roles ?? []), 'current');
}

/**
 * CtrlPanel.gg does not know who administers the Pterodactyl behind it. Only Steward's own key can tell; where that does not answer, it is not known.
 *
 * @throws PanelError `rejected`, effect `none`, for one who does
 */
export async function requireNoAdministratorBehind(
  { pterodactyl }: Connection,
  { pterodactyl_id: userId }: ReadUser,
  call: Call,
): Promise<void> {
  if (!pterodactyl || userId === null) return;
  const isOne = await pterodactyl.isAdministrator(userId, call).catch((error: unknown) => {
    if (error instanceof PanelError && !call.signal.aborted) return false;
    throw error;
  });
  if (isOne) throw rejected('its user administers Pterodactyl', ADMINISTRATOR_BEHIND);
}

const ADMINISTRATOR_BEHIND =
  'Its user administers Pterodactyl, and the key by which CtrlPanel.gg works there may be theirs: do this in the panels themselves.';

/** Sends one change of a user, and tells how that left it. */
export async function sendChange(
  panel: Connection,
  call: Call,
  request: { readonly accountId: string; readonly verb?: string; readonly body: JsonValue; readonly writing: Writing },
): Promise<ReadUser> {
  const { accountId, verb, body, writing } = request;
  const at = verb === undefined ? path`/users/${accountId}` : path`/users/${accountId}/${verb}`;
  return panel.client.write(call, { method: 'PATCH', path: at, body, writing }, changedUser);
}

/** Saves fields of the user; its name and e-mail go with them each time, for the panel wants them. Never credits or limits: it takes no zero there. */
export type Save = (fields: Readonly<Record<string, string | number>>) => Promise<ReadUser>;

/**
 * Reads a user, saves fields of it, and tells how it is then.
 *
 * @throws PanelError `rejected`, effect `none`, for one that Pterodactyl has not, which the panel cannot change
 */
export async function changeUser(
  panel: Connection,
  accountId: string,
  change: Change,
  run: (before: ReadUser, save: Save) => Promise<ReadUser>,
): Promise<Account> {
  const before = await userToChange(panel, accountId, change);
  if (before.pterodactyl_id === null) throw rejected('the user has no id at Pterodactyl', NO_PTERODACTYL_USER);
  await panel.roles.of(before.roles ?? [], change);
  const after = await run(before, async (fields) => {
    const body = { name: before.name, email: before.email, ...fields };
    return { ...before, ...(await sendChange(panel, change, { accountId, body, writing: 'account' })) };
  });
  return accountAfter(panel, after);
}
