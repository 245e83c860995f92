import { expect, test } from 'vitest';
import { readOptions } from '../../bench/options.ts';

test('a run without options measures everything but the profile, thrice', () => {
  expect(readOptions([])).toMatchObject({
    parts: ['compare', 'operations', 'directory', 'crawl', 'start', 'slow-panel', 'memory'],
    rounds: 3,
    atOnce: 64,
    measureMs: 10_000,
    memoryMs: 300_000,
    directoryAccounts: 1_000_000,
  });
});

test('a quick run stays quick where nothing else is said', () => {
  expect(readOptions(['--quick', '--rounds', '2'])).toMatchObject({ rounds: 2, measureMs: 3_000, memoryMs: 12_000 });
});

test('what is not understood is said in words', () => {
  expect(() => readOptions(['--parts', 'compare,speed'])).toThrow('There is no part "speed".');
  expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds takes a number above 0, not "0".');
  expect(() => readOptions(['--fast'])).toThrow('--fast');
});
