import { type Call, type FindQuery, PanelError } from '../panel.ts';
import type { PterodactylClient } from './client.ts';
import type { User } from './users.ts';

const PAGE_SIZE = 100;
/** More accounts than these that have the text somewhere in them are not read through. */
const LARGEST_PAGE_NUMBER = 10;

/**
 * The panel compares parts of texts: whoever is found is one of those that it shows and is compared here.
 *
 * @throws PanelError `rejected` when so many accounts have the text in them that they cannot be gone through
 */
export async function findUser(client: PterodactylClient, query: FindQuery, call: Call): Promise<User | null> {
  const [field, value] =
    query.by === 'email' ? (['email', query.email.toLowerCase()] as const) : (['username', query.username] as const);
  const isIt = (user: User) => (field === 'email' ? user.email.toLowerCase() : user.username) === value;
  const text = filterText(value);
  if (text === null) return null;
  for (let number = 1; number <= LARGEST_PAGE_NUMBER; number++) {
    const page = await client.users({ number, size: PAGE_SIZE, containing: { field, text }, whole: false }, call);
    const found = page.users.find(isIt);
    if (found) {
      const user = await client.user(found.id, call);
      return user && isIt(user) ? user : null;
    }
    if (number >= page.pages) return null;
  }
  throw new PanelError('rejected', 'none', `too many accounts whose ${field} has the text in it`, {
    detail: `Too many accounts have this in their ${field}. Write the panel’s id, a slash and the account’s id instead.`,
  });
}

/**
 * What to filter by so that the account with this value is shown, among others. Null for what no account can be called. A comma would
 * separate two texts, and the words true and false would be taken for something else than texts.
 */
function filterText(value: string): string | null {
  if (value === '' || value.length > 255 || /[\p{Cc}\p{Cs}]|^\s|\s$/u.test(value)) return null;
  const [longest = ''] = value.split(',').toSorted((one, other) => other.length - one.length);
  if (longest.trim() === '') return null;
  return /^(?:true|false)$/i.test(longest) ? longest.slice(1) : longest;
}
