/** How `npm run bench` is told what to do. */
import { parseArgs } from 'node:util';

const PARTS = ['compare', 'operations', 'directory', 'crawl', 'start', 'slow-panel', 'memory', 'profile'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly parts: readonly Part[];
  /** How often every bot is measured; the median counts. */
  readonly rounds: number;
  /** How many people act at the same time. */
  readonly atOnce: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Pause before memory is read, so that what is finished can be given back. */
  readonly settleMs: number;
  readonly memoryMs: number;
  /** The largest directory that is searched, in accounts. */
  readonly directoryAccounts: number;
}

export const USAGE = `npm run bench -- [options]

  --parts <list>     of ${PARTS.join(', ')}; all but profile by default
  --rounds <count>   how often each bot is measured, of which the median counts (3)
  --people <count>   how many act at the same time (64)
  --seconds <count>  how long each measurement takes (10)
  --minutes <count>  how long memory is watched under load (5)
  --accounts <count> the largest directory that is searched (1000000)
  --quick            a look of about a minute: one round of three seconds each, memory for twelve, and 10,000 accounts`;

/**
 * Null when help is asked for.
 * @throws Error in words for people, when an option is not understood.
 */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      parts: { type: 'string' },
      rounds: { type: 'string' },
      people: { type: 'string' },
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      accounts: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, help } = values;
  if (help) return null;
  return {
    parts:
      values.parts === undefined ? PARTS.filter((part) => part !== 'profile') : values.parts.split(',').map(partOf),
    rounds: count('rounds', values.rounds, quick ? 1 : 3),
    atOnce: count('people', values.people, 64),
    warmUpMs: quick ? 2_000 : 4_000,
    measureMs: count('seconds', values.seconds, quick ? 3 : 10) * 1_000,
    settleMs: quick ? 1_000 : 3_000,
    memoryMs: count('minutes', values.minutes, quick ? 0.2 : 5) * 60_000,
    directoryAccounts: count('accounts', values.accounts, quick ? 10_000 : 1_000_000),
  };
}

function partOf(name: string): Part {
  const part = PARTS.find((one) => one === name);
  if (part === undefined) throw new Error(`There is no part "${name}". Parts: ${PARTS.join(', ')}.`);
  return part;
}

function count(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} takes a number above 0, not "${text}".`);
  return value;
}
