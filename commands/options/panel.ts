import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { plain } from '../../src/locales/text.ts';
import { panelsNamed } from '../../src/services/directory/scope.ts';

/** Which panel, where more than one is connected. */
export const panel = {
  type: 'text',
  description: 'Which panel',
  label: 'Panel',
  schema: z.string().max(16).optional(),
  required: false,
  severalPanels: true,
  maxLength: 16,
  complete: async (ctx, typed) =>
    panelsNamed(ctx, typed)
      .slice(0, 25)
      .map(({ id, label }) => ({ name: plain(label, 90), value: id })),
} as const satisfies Option<string | undefined>;
