import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

/** An amount of credits as typed; the service reads it, because only the panel's unit says how many decimals it has. */
export const amount = {
  type: 'text',
  description: 'How much: digits, with a point before decimals, such as 50 or 12.5',
  label: 'Amount',
  placeholder: '50',
  schema: z.string().max(40),
  required: true,
  maxLength: 40,
} as const satisfies Option<string>;
