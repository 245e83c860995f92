import { expect, it } from 'vitest';
import { isTimeZone, timeOf, typedTime } from '../../../src/panels/ctrlpanel/times.ts';

it('reads a time without an offset in the panel’s own time zone, in summer and in winter', () => {
  expect(timeOf('2026-05-01 08:59:30', 'UTC')).toEqual(new Date('2026-05-01T08:59:30Z'));
  expect(timeOf('2026-05-01 08:59:30', 'Europe/Berlin')).toEqual(new Date('2026-05-01T06:59:30Z'));
  expect(timeOf('2026-01-01 00:30:00', 'Europe/Berlin')).toEqual(new Date('2025-12-31T23:30:00Z'));
  expect(timeOf('2026-01-01 00:30:00', 'America/New_York')).toEqual(new Date('2026-01-01T05:30:00Z'));
});

it('reads the hours around a change of the clocks', () => {
  expect(timeOf('2026-03-29 01:59:59', 'Europe/Berlin')).toEqual(new Date('2026-03-29T00:59:59Z'));
  expect(timeOf('2026-03-29 03:00:00', 'Europe/Berlin')).toEqual(new Date('2026-03-29T01:00:00Z'));
  expect(timeOf('2026-10-25 03:00:00', 'Europe/Berlin')).toEqual(new Date('2026-10-25T02:00:00Z'));
});

it('reads a time with parts of a second where the panel is, not where Steward is', () => {
  expect(timeOf('2026-05-01 08:59:30.250000', 'Asia/Tokyo')).toEqual(new Date('2026-04-30T23:59:30Z'));
});

it('takes a time with an offset for what it says', () => {
  expect(timeOf('2026-05-03T07:15:00.000000Z', 'Asia/Tokyo')).toEqual(new Date('2026-05-03T07:15:00Z'));
});

it('knows no time where there is none', () => {
  for (const text of [null, undefined, '', 'soon', '0000-00-00 00:00:00']) expect(timeOf(text, 'UTC')).toBeNull();
});

it('types a time as the panel wants it, so that it reads it again', () => {
  const time = new Date('2026-12-31T23:59:07Z');
  expect(typedTime(time, 'UTC')).toBe('31-12-2026 23:59:07');
  expect(typedTime(time, 'Asia/Tokyo')).toBe('01-01-2027 08:59:07');
});

it('tells a time zone from what is none', () => {
  expect(['UTC', 'Europe/Berlin'].map(isTimeZone)).toEqual([true, true]);
  expect(['', 'Mars/Base', 'Europe/'].map(isTimeZone)).toEqual([false, false, false]);
});
