import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

const field = { type: 'text', schema: z.string().max(254).optional(), required: false, offered: true } as const;

/** What accounts are made of. Bounds are the panel's: its service checks them. */
export const accountFields = {
  email: { ...field, description: 'The e-mail address', label: 'E-mail', maxLength: 254 },
  username: { ...field, description: 'The username', label: 'Username', maxLength: 100 },
  name: { ...field, description: 'The full name', label: 'Name', maxLength: 100 },
} as const satisfies Readonly<Record<string, Option<string | undefined>>>;

/** The same fields where only a form asks them. */
export function inForm<Fields extends Readonly<Record<string, Option<string | undefined>>>>(
  fields: Fields,
): { readonly [Name in keyof Fields]: Option<string | undefined> } {
  const marked = Object.entries(fields).map(([name, option]) => [name, { ...option, only: 'form' }] as const);
  return Object.fromEntries(marked) as { [Name in keyof Fields]: Option<string | undefined> };
}
