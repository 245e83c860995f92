import { type Change, type CreateAbility, type FieldValues, PanelError } from '../panel.ts';
import { numberFor, parseCredits } from './amounts.ts';
import { created } from './api-types.ts';
import type { Connection } from './connection.ts';
import { InputRefused } from './failures.ts';
import { CREATE_FIELDS, cleanValues } from './fields.ts';
import { SETTLE_AFTER_MS } from './map.ts';
import { roleForNew } from './roles.ts';
import { findTaken, findUser } from './taken.ts';
import { accountOf, requireUser, sendChange } from './users.ts';

interface NewUser {
  readonly email: string;
  readonly username: string;
  readonly roleId: number;
  /** In the panel's own number; null for what it gives to everybody. */
  readonly credits: number | null;
}

export function createAbility(panel: Connection): CreateAbility {
  return {
    traits: {
      idempotent: false,
      proof: 'state',
      settleAfterMs: SETTLE_AFTER_MS.account,
      effects: [
        'CtrlPanel.gg and Pterodactyl each send a mail to the address.',
        'The account gets a password that nobody knows: its owner asks CtrlPanel.gg for a new one, or is given one with Steward.',
        ...(panel.pterodactyl ? [] : [WITHOUT_KEY]),
      ],
      fields: CREATE_FIELDS,
    },
    async create(values, change) {
      const wanted = await readValues(panel, values, change);
      const { id } = await change.step('create', () => createOnce(panel, wanted, change), { repeatable: true });
      try {
        await change.step('finish', () => finish(panel, id, change), { repeatable: true });
        return await accountOf(panel, await requireUser(panel, id, change), change);
      } catch (error) {
        throw error instanceof PanelError && error.effect === 'none' ? madeBefore(error) : error;
      }
    },
  };
}

const WITHOUT_KEY =
  'Without a key of Pterodactyl this works once: CtrlPanel.gg gives every account that its API creates the same external id there.';

async function readValues(panel: Connection, values: FieldValues, change: Change): Promise<NewUser> {
  const { email = '', username = '' } = cleanValues(CREATE_FIELDS, values, { complete: true });
  const credits = values.credits ? numberFor(parseCredits(values.credits).minor).value : null;
  await panel.writable(change);
  const role = roleForNew(await panel.roles.read(change), values.role || panel.newRole);
  return { email, username, roleId: role.id, credits };
}

/**
 * Creates the user, unless an earlier attempt of the same change has: a name and an e-mail that were free then and are taken together now.
 * Done again it does no harm, for the panel takes neither twice.
 */
async function createOnce(panel: Connection, wanted: NewUser, change: Change): Promise<{ id: string }> {
  const { email, username: name, roleId, credits } = wanted;
  if (change.resumed) {
    const earlier = await findUser(panel, { by: 'email', value: email }, change);
    if (earlier?.name === name) return { id: String(earlier.id) };
  }
  await panel.pterodactyl?.freeExternalId(change);
  const body = { name, email, password: randomPassword(), role_id: roleId, ...(credits === null ? {} : { credits }) };
  try {
    const request = { method: 'POST', path: '/users', body, writing: 'creation' } as const;
    const { data } = await panel.client.write(change, request, created);
    return { id: String(data.id) };
  } catch (error) {
    throw error instanceof InputRefused ? await whyRefused(panel, wanted, error, change) : error;
  }
}

/** The panel's words are in its operator's language: whether a value is taken is looked up. */
async function whyRefused(
  panel: Connection,
  { email, username }: NewUser,
  error: InputRefused,
  change: Change,
): Promise<PanelError> {
  if (!error.fields.some((field) => field === 'email' || field === 'name')) return error;
  const taken = await findTaken(panel, { email, username }, null, change);
  return taken ? new PanelError('conflict', 'none', `taken: ${taken}`, { detail: taken, cause: error }) : error;
}

/** The panel keeps a new user's password as it came, and one that is changed as a hash: so it is changed at once. */
async function finish(panel: Connection, id: string, change: Change): Promise<null> {
  const user = await requireUser(panel, id, change);
  const body = { name: user.name, email: user.email, password: randomPassword() };
  await sendChange(panel, change, { accountId: id, body, writing: 'account' });
  await panel.pterodactyl?.freeExternalId(change);
  return null;
}

/** Whatever fails after it was created does not undo that. */
function madeBefore(error: PanelError): PanelError {
  return new PanelError(error.kind, 'partial', error.message, { detail: error.detail, cause: error });
}

function randomPassword(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
}
