import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

const DAY = z.string().trim().refine(isDay, 'Write a day as year, month and day: 2026-03-01.');

/** A day as people type it. When it begins, only the service knows: it has the time zone. */
export function day(description: string, label: string): Option<string | undefined> {
  return { ...typed(description, label), schema: DAY.optional(), required: false };
}

/** As {@link day}, where the command needs one. */
export function neededDay(description: string, label: string): Option<string> {
  return { ...typed(description, label), schema: DAY, required: true };
}

function typed(description: string, label: string) {
  return { type: 'text', description, label, maxLength: 10, placeholder: '2026-03-01' } as const;
}

/** A day that there is. The calendar has no year 0, and neither has the database. */
function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success && !text.startsWith('0000');
}
