import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

const field = { type: 'text', schema: z.string().max(254).optional(), required: false, offered: true } as const;

/** What accounts are made of. Bounds are the panel's: its service checks them. */
export const accountFields = {
  email: { ...field, field: 'email', description: 'The e-mail address', label: 'E-mail', maxLength: 254 },
  username: { ...field, field: 'username', description: 'The username', label: 'Username', maxLength: 100 },
  name: { ...field, field: 'name', description: 'The full name', label: 'Name', maxLength: 100 },
  first_name: { ...field, field: 'firstName', description: 'The first name', label: 'First name', maxLength: 191 },
  last_name: { ...field, field: 'lastName', description: 'The last name', label: 'Last name', maxLength: 191 },
  language: {
    ...field,
    field: 'language',
    description: 'The language of the panel’s pages: its code, such as en',
    label: 'Language',
    placeholder: 'en',
    maxLength: 10,
  },
} as const satisfies Readonly<Record<string, Option<string | undefined>>>;

/** Where the name of an option differs from that of its field, because Discord takes small letters only. */
const OPTIONS: Readonly<Record<string, string>> = { firstName: 'first_name', lastName: 'last_name' };
const FIELDS = Object.fromEntries(Object.entries(OPTIONS).map(([field, option]) => [option, field]));

/** The option in which a field of accounts is given. */
export function optionOf(field: string): string {
  return OPTIONS[field] ?? field;
}

/** What was given, by the fields that it is for. */
export function fieldValuesOf(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const named = Object.entries(given).map(([option, value]) => [FIELDS[option] ?? option, value] as const);
  return Object.fromEntries(named.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The same fields where only a form asks them. */
export function inForm<Fields extends Readonly<Record<string, Option<string | undefined>>>>(
  fields: Fields,
): { readonly [Name in keyof Fields]: Option<string | undefined> } {
  const marked = Object.entries(fields).map(([name, option]) => [name, { ...option, only: 'form' }] as const);
  return Object.fromEntries(marked) as { [Name in keyof Fields]: Option<string | undefined> };
}
