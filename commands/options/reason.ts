import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { REASON_LENGTH } from '../../src/services/accounts/reason.ts';
import { containing, named } from './choices.ts';

/** Why: one of the team's reasons or one's own words. */
export const reason = {
  type: 'text',
  description: 'Why: one of the team’s reasons, or your own words',
  label: 'Reason',
  placeholder: 'In your own words, if none of these fits',
  schema: z.string().max(REASON_LENGTH),
  required: true,
  suggested: true,
  maxLength: REASON_LENGTH,
  complete: async (ctx, typed) => named(containing(ctx.settings.current().reasons, typed)),
} as const satisfies Option<string>;

/** The same where no reason is demanded. */
export const optionalReason = {
  ...reason,
  description: 'Why, if you want it in the record',
  schema: z.string().max(REASON_LENGTH).optional(),
  required: false,
} as const satisfies Option<string | undefined>;
