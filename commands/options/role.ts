import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { parseReference } from '../../src/domain/account.ts';
import { knownRoles } from '../../src/services/accounts/role-names.ts';
import { containing, named } from './choices.ts';

/** A role of the panel, by name. */
export const role = {
  type: 'text',
  description: 'Which role of the panel',
  label: 'Role',
  schema: z.string().max(100),
  required: true,
  maxLength: 100,
  complete: async (ctx, typed, others) => {
    const account = parseReference(String(others.account ?? ''));
    const panel = account?.panel ?? others.panel ?? ctx.panels.all[0]?.id ?? '';
    return named(containing(knownRoles(ctx, String(panel)), typed));
  },
} as const satisfies Option<string>;

/** The same where it may be left out. */
export const optionalRole = {
  ...role,
  schema: z.string().max(100).optional(),
  required: false,
} as const satisfies Option<string | undefined>;
