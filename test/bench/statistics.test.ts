import { expect, test } from 'vitest';
import { median, percentile, slope } from '../../bench/statistics.ts';

test('a percentile is the nearest rank, whatever the order of the values', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([7], 0)).toBe(7);
});

test('a median of an even number of values lies between the two middle ones', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a slope is what each step adds, and scatter around it does not count', () => {
  expect(slope([0, 1, 2, 3].map((x) => ({ x, y: 100 + 2 * x })))).toBeCloseTo(2);
  expect(slope([0, 1, 2, 3].map((x) => ({ x, y: x % 3 === 0 ? 11 : 9 })))).toBeCloseTo(0);
});

test('what has no values has no figure', () => {
  expect([percentile([], 0.99), median([]), slope([{ x: 1, y: 1 }])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
