import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

/** A day as people type it. When it begins, only the service knows: it has the time zone. */
export function day(description: string, label: string): Option<string | undefined> {
  return {
    type: 'text',
    description,
    label,
    schema: z.string().trim().refine(isDay, 'Write a day as year, month and day: 2026-03-01.').optional(),
    required: false,
    maxLength: 10,
    placeholder: '2026-03-01',
  };
}

/** A day that there is. The calendar has no year 0, and neither has the database. */
function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success && !text.startsWith('0000');
}
