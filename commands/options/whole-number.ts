import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { wholeNumberProblem } from '../../src/locales/en/settings.ts';

/** A whole number from `least` to `most`; its unit stands in the label. */
export function wholeNumber(words: { label: string; description: string; least: number; most: number }) {
  const { label, description, least, most } = words;
  const maxLength = String(most).length;
  return {
    type: 'text',
    label,
    description,
    schema: z
      .string()
      .trim()
      .refine((typed) => /^\d+$/.test(typed) && Number(typed) >= least && Number(typed) <= most, {
        message: wholeNumberProblem(least, most),
      })
      .transform(Number),
    required: true,
    maxLength,
  } as const satisfies Option<number>;
}
