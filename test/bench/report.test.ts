import { describe, expect, test } from 'vitest';
import type { Comparison, Run } from '../../bench/parts/compare.ts';
import { summarise } from '../../bench/parts/profile.ts';
import { atLeast, atMost, judge } from '../../bench/report/aim.ts';
import { comparisonReport } from '../../bench/report/comparison.ts';
import { count, megabytes, ratio } from '../../bench/report/figures.ts';
import { table } from '../../bench/report/table.ts';
import type { Measurement } from '../../bench/stage.ts';

const measurement = (answersPerSecond: number, changed: Partial<Measurement> = {}): Measurement => ({
  answers: 100,
  durationMs: 1_000,
  acknowledgeP50Ms: 5,
  acknowledgeP99Ms: 20,
  answerP50Ms: 10,
  answerP99Ms: 40,
  failures: 0,
  firstFailure: null,
  answersPerSecond,
  cpuMsPerAnswer: 0.3,
  strangersShare: 0,
  otherCoreShare: 0.5,
  ...changed,
});

const run = (answersPerSecond: number, changed: Partial<Run> = {}): Run => ({
  readyMs: 500,
  restBytes: 100e6,
  view: measurement(answersPerSecond),
  credits: null,
  loadedBytes: 200e6,
  ...changed,
});

const comparison = (changed: Partial<Comparison>): Comparison => ({
  floor: [run(4_000)],
  discordJs: [run(2_000)],
  steward: [run(2_000, { credits: measurement(500) })],
  ...changed,
});

const lineOf = (report: string, title: string) => report.split('\n').find((line) => line.includes(title));

describe('a table', () => {
  test('lines its columns up, whatever their width', () => {
    expect(
      table(
        ['', 'ms'],
        [
          ['short', '1,234.5'],
          ['much longer', '9'],
        ],
      ),
    ).toBe(['                  ms', '────────────────────', 'short        1,234.5', 'much longer        9'].join('\n'));
  });

  test('writes a dash for what could not be measured', () => {
    expect([count(Number.NaN), megabytes(Number.NaN), ratio(Number.NaN)]).toEqual(['–', '–', '–']);
  });
});

describe('an aim', () => {
  test('is met at its very value, and missed beyond it', () => {
    expect(judge(atLeast(1), 1, ratio)).toBe('≥ 1.00 × ✓');
    expect(judge(atLeast(1), 0.99, ratio)).toBe('≥ 1.00 × ✗');
    expect(judge(atMost(1.3), 1.3, ratio)).toBe('≤ 1.30 × ✓');
    expect(judge(atMost(1.3), 1.31, ratio)).toBe('≤ 1.30 × ✗');
  });

  test('is neither met nor missed where nothing was measured', () => {
    expect(judge(atMost(1), Number.NaN, ratio)).toBe('≤ 1.00 × ?');
  });
});

describe('the comparison', () => {
  test('takes the median of the rounds for each bot and for the ratios', () => {
    const steward = [3_000, 100, 2_500].map((speed) => run(speed));
    const line = lineOf(comparisonReport(comparison({ steward })), '/account view, answers');
    expect(line).toMatch(/4,000 +2,000 +2,500 +0\.63 × +1\.25 × +≥ 1\.00 × ✓/);
  });

  test('sets the credits beside what the bare bots do', () => {
    const line = lineOf(comparisonReport(comparison({})), '/credits add, answers');
    expect(line).toMatch(/– +– +500 +0\.13 × +0\.25 × +≥ 0\.30 × ✗/);
  });

  test('says so when other programs used the core, or answers were not as expected', () => {
    const doubtful = measurement(2_000, { strangersShare: 0.4, failures: 3, firstFailure: 'Too many at once.' });
    const report = comparisonReport(comparison({ discordJs: [run(0, { view: doubtful })] }));
    expect(report).toContain('discord.js: other programs took up to 40 % of its core.');
    expect(report).toContain('discord.js: 3 answers were not as they should be. The first: Too many at once.');
    expect(report).not.toContain('Steward: other programs');
  });
});

test('a profile adds up the calls of one function and leaves waiting out', () => {
  const frame = (functionName: string, url = '') => ({
    functionName,
    url,
    lineNumber: 9,
    columnNumber: 0,
    scriptId: '1',
  });
  const nodes = [
    { callFrame: frame('(idle)'), hitCount: 900 },
    { callFrame: frame('render', 'file:///home/me/steward/src/discord/render.ts'), hitCount: 20 },
    { callFrame: frame('parse', 'file:///home/me/steward/node_modules/zod/parse.js'), hitCount: 10 },
    { callFrame: frame('render', 'file:///home/me/steward/src/discord/render.ts'), hitCount: 70 },
  ];
  expect(summarise({ nodes })).toEqual({
    byFunction: [
      { name: 'render src/discord/render.ts:10', share: 0.9 },
      { name: 'parse zod/parse.js:10', share: 0.1 },
    ],
    byPackage: [
      { name: 'src/discord', share: 0.9 },
      { name: 'zod', share: 0.1 },
    ],
  });
});
