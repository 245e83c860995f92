import type { CreateAbility, EditAbility, PasswordAbility } from '../panel.ts';
import { type Connection, TRAITS } from './connection.ts';
import { type Product, rejected } from './errors.ts';
import { fieldsOf, requestValues } from './fields.ts';
import { requireUser, requireWritten, writeUser } from './write.ts';

const CREATE_EFFECTS: Readonly<Record<Product, readonly string[]>> = {
  Pterodactyl: ['The panel mails its owner a link at which they choose a password, each time.'],
  Pelican: ['The panel mails its owner a link at which they choose a password, unless that was switched off in it.'],
};

const EDIT_EFFECTS = ['Whatever is changed in the panel itself at the same moment may be undone by it.'];

/** What the panels' own pages ask for at least, and what bcrypt takes into account. The API itself would take a single character. */
const PASSWORD = { minLength: 8, maxLength: 72 };

export function createCreate({ client, accountOf }: Connection): CreateAbility {
  return {
    get traits() {
      const product = client.product();
      return { ...TRAITS, effects: CREATE_EFFECTS[product], fields: fieldsOf(product) };
    },
    async create(values, change) {
      const product = client.product();
      const given = requestValues(product, values, { complete: true });
      const user = await client.createUser({ ...given }, change);
      requireWritten(product, user, given, null);
      return accountOf(user);
    },
  };
}

export function createEdit({ client, accountOf }: Connection): EditAbility {
  return {
    get traits() {
      return { ...TRAITS, effects: EDIT_EFFECTS, fields: fieldsOf(client.product()) };
    },
    async edit(accountId, values, change) {
      const before = await requireUser(client, accountId, change);
      const given = requestValues(client.product(), values, { complete: false });
      return accountOf(await writeUser(client, before, given, change));
    },
  };
}

export function createPassword({ client, accountOf }: Connection): PasswordAbility {
  return {
    traits: {
      ...TRAITS,
      ...PASSWORD,
      idempotent: true,
      effects: ['Whoever is logged in stays so; the account’s keys go on working.'],
    },
    async set(accountId, password, change) {
      const bytes = Buffer.byteLength(password);
      if ([...password].length < PASSWORD.minLength || bytes > PASSWORD.maxLength)
        throw rejected('a password of another length', 'The password is too short or too long.');
      const before = await requireUser(client, accountId, change);
      return accountOf(await writeUser(client, before, { password }, change));
    },
  };
}
