/** Steward's figures beside the bare bots', with their ratios. */
import { BOTS } from '../bot.ts';
import { COMPARED, type Compared, type Comparison, type Run } from '../parts/compare.ts';
import type { Measurement } from '../stage.ts';
import { median } from '../statistics.ts';
import { type Aim, atLeast, atMost, judge } from './aim.ts';
import { count, cpuMilliseconds, megabytes, milliseconds, percent, ratio, seconds } from './figures.ts';
import { table } from './table.ts';

interface Row {
  readonly title: string;
  readonly of: (run: Run) => number;
  readonly write: (value: number) => string;
  /** What of the bare bots it is compared with, where that is something else. */
  readonly beside?: (run: Run) => number;
  /** For the ratio to the bare discord.js bot. */
  readonly aim?: Aim;
}

const ROWS: readonly Row[] = [
  {
    title: '/account view, answers a second',
    of: ({ view }) => view.answersPerSecond,
    write: count,
    aim: atLeast(1),
  },
  { title: '  acknowledged after, p50 ms', of: ({ view }) => view.acknowledgeP50Ms, write: milliseconds },
  {
    title: '  acknowledged after, p99 ms',
    of: ({ view }) => view.acknowledgeP99Ms,
    write: milliseconds,
    aim: atMost(1),
  },
  { title: '  answered after, p50 ms', of: ({ view }) => view.answerP50Ms, write: milliseconds },
  { title: '  answered after, p99 ms', of: ({ view }) => view.answerP99Ms, write: milliseconds },
  { title: '  CPU for each, ms', of: ({ view }) => view.cpuMsPerAnswer, write: cpuMilliseconds },
  {
    title: '/credits add, answers a second *',
    of: ofCredits((credits) => credits.answersPerSecond),
    write: count,
    beside: ({ view }) => view.answersPerSecond,
    aim: atLeast(0.3),
  },
  {
    title: '  acknowledged after, p50 ms *',
    of: ofCredits((credits) => credits.acknowledgeP50Ms),
    write: milliseconds,
    beside: ({ view }) => view.acknowledgeP50Ms,
  },
  {
    title: '  acknowledged after, p99 ms *',
    of: ofCredits((credits) => credits.acknowledgeP99Ms),
    write: milliseconds,
    beside: ({ view }) => view.acknowledgeP99Ms,
  },
  {
    title: '  CPU for each, ms *',
    of: ofCredits((credits) => credits.cpuMsPerAnswer),
    write: cpuMilliseconds,
    beside: ({ view }) => view.cpuMsPerAnswer,
  },
  { title: 'From start to ready, s', of: ({ readyMs }) => readyMs, write: seconds },
  { title: 'Memory at rest, MB', of: ({ restBytes }) => restBytes, write: megabytes, aim: atMost(1.3) },
  { title: 'Memory after load, MB', of: ({ loadedBytes }) => loadedBytes, write: megabytes },
];

const HEAD = ['', ...COMPARED.map((bot) => BOTS[bot].label), '÷ ws + undici', '÷ discord.js', 'aim'];

export function comparisonReport(comparison: Comparison): string {
  return [
    table(
      HEAD,
      ROWS.map((row) => cells(row, comparison)),
    ),
    '* The bare bots know no credits: the ratios are to their /account view.',
    ...COMPARED.flatMap((bot) => remarks(bot, comparison[bot])),
  ].join('\n');
}

function cells({ title, of, write, beside = of, aim }: Row, comparison: Comparison): string[] {
  const figure = (bot: Compared, read: (run: Run) => number) => median(comparison[bot].map(read));
  const own = figure('steward', of);
  const toDiscordJs = own / figure('discordJs', beside);
  return [
    title,
    ...COMPARED.map((bot) => write(figure(bot, of))),
    ratio(own / figure('floor', beside)),
    ratio(toDiscordJs),
    judge(aim ?? null, toDiscordJs, ratio),
  ];
}

function ofCredits(read: (credits: Measurement) => number): (run: Run) => number {
  return ({ credits }) => (credits === null ? Number.NaN : read(credits));
}

/** What makes a bot's figures doubtful. */
function remarks(bot: Compared, runs: readonly Run[]): string[] {
  const measurements = runs.flatMap(({ view, credits }) => (credits === null ? [view] : [view, credits]));
  const { label } = BOTS[bot];
  const strangers = Math.max(...measurements.map(({ strangersShare }) => strangersShare));
  const otherCore = median(runs.map(({ view }) => view.otherCoreShare));
  const failures = measurements.reduce((sum, one) => sum + one.failures, 0);
  const firstFailure = measurements.find((one) => one.firstFailure !== null)?.firstFailure;
  return [
    `${label}: the core of the local Discord and PostgreSQL was busy for ${percent(otherCore)} of the time.`,
    ...(strangers > 0.05
      ? [`${label}: other programs took up to ${percent(strangers)} of its core. Measure again.`]
      : []),
    ...(failures > 0 ? [`${label}: ${failures} answers were not as they should be. The first: ${firstFailure}`] : []),
  ];
}
