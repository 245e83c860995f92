/** What buttons carry and nobody types. */
import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

/** Where a page begins; carried by the page buttons. */
export const cursor = {
  type: 'hidden',
  description: 'Where the page begins',
  label: 'Page',
  schema: z.string().max(500).optional(),
  required: false,
} as const satisfies Option<string | undefined>;

/** A number that a button carries, such as that of the note it withdraws. */
export const hiddenNumber = {
  type: 'hidden',
  description: 'Which one',
  label: 'Number',
  schema: z.coerce.number().int().nonnegative(),
  required: true,
} as const satisfies Option<number>;

/** The same where it need not be said. */
export const optionalHiddenNumber = {
  ...hiddenNumber,
  schema: z.coerce.number().int().nonnegative().optional(),
  required: false,
} as const satisfies Option<number | undefined>;

/** The page of a list that is read as a whole, from 0. */
export const pageNumber = {
  ...hiddenNumber,
  schema: z.coerce.number().int().nonnegative().default(0),
  required: false,
} as const satisfies Option<number>;

/** A text that a button carries, such as the id of a panel. */
export const hiddenText = {
  type: 'hidden',
  description: 'Which one',
  label: 'Which',
  schema: z.string().min(1).max(200),
  required: true,
} as const satisfies Option<string>;
