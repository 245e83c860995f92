import { describe, expect, it } from 'vitest';
import { duration } from '../../../commands/options/duration.ts';

const { schema } = duration('Until when');

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

describe('a duration', () => {
  it.each([
    ['30m', HOUR_MS / 2],
    ['7d', 7 * DAY_MS],
    ['2w', 14 * DAY_MS],
    ['1d 12h', 36 * HOUR_MS],
    ['1d12h', 36 * HOUR_MS],
    [' 1 Day, 12 Hours ', 36 * HOUR_MS],
    ['90 min', 1.5 * HOUR_MS],
    ['3 weeks', 21 * DAY_MS],
    ['1m', 60_000],
    ['365d', 365 * DAY_MS],
  ])('is read as people type it: “%s”', (typed, durationMs) => {
    expect(schema.parse(typed)).toBe(durationMs);
  });

  it('may be left out', () => {
    expect(schema.parse(undefined)).toBeUndefined();
  });

  it.each([
    ['no unit', '10'],
    ['a unit that there is not', '7x'],
    ['a unit that there is not, after one that there is', '1d 2x'],
    ['a month, which has no one length', '1mo'],
    ['a word beside it', '7d or so'],
    ['a word alone', 'for ever'],
    ['a sign', '-5m'],
    ['a fraction', '1.5h'],
    ['nothing but a unit', 'd'],
    ['less than a minute', '0m'],
    ['more than 365 days', '365d 1m'],
    ['more than a number can hold', `${'9'.repeat(39)}w`],
  ])('is refused with examples of what to write when it has %s', (_, typed) => {
    const problems = schema.safeParse(typed).error?.issues.map(({ message }) => message);
    expect(problems).toEqual([expect.stringMatching(/30m, 7d, 2w or 1d 12h.*a minute.*365 days/)]);
  });
});
