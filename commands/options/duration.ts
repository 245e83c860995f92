import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { durationProblem } from '../../src/locales/en/fields.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** By the first letter of what people write: `m`, `min`, `minutes`. A month has no one length, and there are none. */
const UNITS_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS, w: 7 * DAY_MS };
const LONGEST_MS = 365 * DAY_MS;

const DURATION = /^(?:\d+ *(?:m|min|minutes?|h|hours?|d|days?|w|weeks?)[ ,]*)+$/i;
const PART = /(?<count>\d+) *(?<unit>[mhdw])/gi;

/** How long, as people type it; in milliseconds, from a minute to 365 days. */
export function duration(description: string) {
  return {
    type: 'text',
    description,
    label: 'Duration',
    placeholder: 'Such as 30m, 7d or 2w; empty for no end',
    schema: z
      .string()
      .max(40)
      .trim()
      .transform((typed, { addIssue }) => {
        const durationMs = parseDuration(typed);
        if (durationMs === null || durationMs < MINUTE_MS || durationMs > LONGEST_MS) {
          addIssue({ code: 'custom', message: durationProblem });
          return z.NEVER;
        }
        return durationMs;
      })
      .optional(),
    required: false,
    offered: true,
    maxLength: 40,
  } as const satisfies Option<number | undefined>;
}

function parseDuration(typed: string): number | null {
  if (!DURATION.test(typed)) return null;
  return [...typed.matchAll(PART)].reduce((sum, { groups }) => {
    const { count = '', unit = '' } = groups ?? {};
    return sum + Number(count) * (UNITS_MS[unit.toLowerCase()] ?? Number.NaN);
  }, 0);
}
