import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day as people type it, read at its beginning in UTC. */
export function day(description: string, label: string): Option<Date | undefined> {
  return {
    type: 'text',
    description,
    label,
    schema: z
      .string()
      .trim()
      .refine((text) => DAY.test(text) && startOf(text)?.toISOString().startsWith(text), {
        message: 'Write a day as year, month and day: 2026-03-01.',
      })
      .transform((text) => startOf(text) ?? undefined)
      .optional(),
    required: false,
    maxLength: 10,
    placeholder: '2026-03-01',
  };
}

/** Null for a day that does not exist; JavaScript reads 31 February as 3 March. */
function startOf(text: string): Date | null {
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}
