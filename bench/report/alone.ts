/** What is measured of Steward alone. */
import type { Memory } from '../parts/memory.ts';
import type { Profile, ProfileEntry } from '../parts/profile.ts';
import type { SlowPanel } from '../parts/slow-panel.ts';
import type { EmbeddedStarts } from '../parts/start.ts';
import { median } from '../statistics.ts';
import { atMost, judge } from './aim.ts';
import { count, megabytes, megabytesPrecisely, milliseconds, percent, ratio, seconds } from './figures.ts';
import { table } from './table.ts';

const FIRST_START_AIM_MS = 5_000;
const LATER_START_AIM_MS = 2_000;
/** Beyond the measurement's own scatter somebody would feel it. */
const FELT_FROM_RATIO = 1.1;
const FLAT_UP_TO_BYTES_PER_MINUTE = 2e6;
const PROFILE_ENTRIES = 25;

export function startReport({ firstMs, laterMs }: EmbeddedStarts): string {
  const row = (title: string, values: readonly number[], aimMs: number) => {
    const value = median(values);
    return [title, seconds(value), judge(atMost(aimMs), value, seconds)];
  };
  return table(
    ['With a database of its own, from start to ready', 's', 'aim'],
    [row('the first time', firstMs, FIRST_START_AIM_MS), row('later', laterMs, LATER_START_AIM_MS)],
  );
}

export function slowPanelReport({ alone, beside, waited }: SlowPanel): string {
  const title = `A panel that takes 10 s (${waited} people waited for it)`;
  const row = (name: string, before: number, after: number, aim: number | null) => [
    name,
    milliseconds(before),
    milliseconds(after),
    ratio(after / before),
    judge(aim === null ? null : atMost(aim), after / before, ratio),
  ];
  return table(
    [title, 'without', 'beside it', 'ratio', 'aim'],
    [
      row('others acknowledged after, p50 ms', alone.acknowledgeP50Ms, beside.acknowledgeP50Ms, null),
      row('others acknowledged after, p99 ms', alone.acknowledgeP99Ms, beside.acknowledgeP99Ms, FELT_FROM_RATIO),
      row('others answered after, p99 ms', alone.answerP99Ms, beside.answerP99Ms, null),
    ],
  );
}

export function memoryReport({ answers, minutes, samples, bytesPerMinute }: Memory): string {
  const at = (share: number) => samples[Math.ceil(share * samples.length) - 1]?.y ?? Number.NaN;
  const judged = judge(atMost(FLAT_UP_TO_BYTES_PER_MINUTE), bytesPerMinute, megabytesPrecisely);
  return table(
    [`Memory under ${minutes} minutes of load (${count(answers)} answers)`, 'MB', 'aim'],
    [
      ...[0.25, 0.5, 0.75, 1].map((share) => [`after ${percent(share)} of the time`, megabytes(at(share)), '']),
      ['growth a minute, second half', megabytesPrecisely(bytesPerMinute), judged],
    ],
  );
}

export function profileReport({ byPackage, byFunction }: Profile): string {
  const rows = (entries: readonly ProfileEntry[]) =>
    entries.slice(0, PROFILE_ENTRIES).map(({ name, share }) => [name, `${(share * 100).toFixed(1)} %`]);
  return [
    table(['Where the time of /account view goes, by package', 'of all'], rows(byPackage)),
    table(['and by function', 'of all'], rows(byFunction)),
  ].join('\n\n');
}
