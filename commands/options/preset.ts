import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import type { PRESETS } from '../../src/domain/permission.ts';
import { presetWords } from '../../src/locales/en/permissions.ts';

/** Owners are named in the configuration, and a member's preset holds nothing: neither can be granted. */
const GRANTABLE = [
  'helper',
  'moderator',
  'accountant',
  'administrator',
] as const satisfies readonly (typeof PRESETS)[number][];

/** A named set of permissions, which is also a rank. */
export const preset = {
  type: 'choice',
  description: 'A whole set of permissions',
  label: 'Preset',
  choices: GRANTABLE.map((value) => ({ name: presetWords[value], value })),
  schema: z.enum(GRANTABLE).optional(),
  required: false,
  offered: true,
} as const satisfies Option<(typeof GRANTABLE)[number] | undefined>;
