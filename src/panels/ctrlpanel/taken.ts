import type { Call } from '../panel.ts';
import { userPage } from './accounts.ts';
import type { WireUser } from './api-types.ts';
import type { Connection } from './connection.ts';
import { everyPage, filterFor } from './pages.ts';

/** The user who has this e-mail or name in any case, as the panel's database compares them. Null where nobody has. */
export async function findUser(
  { client }: Connection,
  { by, value }: { readonly by: 'email' | 'name'; readonly value: string },
  call: Call,
): Promise<WireUser | null> {
  const query = { [`filter[${by}]`]: filterFor(value) };
  for await (const found of everyPage(client, call, '/users', query, userPage)) {
    if (found[by].toLowerCase() === value.toLowerCase()) return found;
  }
  return null;
}

/** Which of these somebody else has. */
export async function findTaken(
  panel: Connection,
  values: { readonly email?: string; readonly username?: string },
  ownId: number | null,
  call: Call,
): Promise<'email' | 'username' | null> {
  const { email, username } = values;
  const isTaken = async (by: 'email' | 'name', value: string) => {
    const found = await findUser(panel, { by, value }, call);
    return found !== null && found.id !== ownId;
  };
  if (email !== undefined && (await isTaken('email', email))) return 'email';
  if (username !== undefined && (await isTaken('name', username))) return 'username';
  return null;
}
