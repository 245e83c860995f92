import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { PERMISSIONS } from '../../src/domain/permission.ts';
import { permissionWords } from '../../src/locales/en/permissions.ts';
import { plain } from '../../src/locales/text.ts';
import { capitalised } from './choices.ts';

/** One permission, found by its name or by what it lets people do. */
export const permission = {
  type: 'text',
  description: 'What it is about, such as “give credits”',
  label: 'Permission',
  placeholder: 'credits.grant',
  schema: z.enum(PERMISSIONS),
  required: true,
  maxLength: 40,
  complete: async (_ctx, typed) => {
    const wanted = typed.trim().toLowerCase();
    return PERMISSIONS.map((value) => ({ name: plain(`${capitalised(permissionWords[value])} (${value})`, 90), value }))
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .slice(0, 25);
  },
} as const satisfies Option<(typeof PERMISSIONS)[number]>;
