import type { Directories, Lookup, Way } from '../parts/directory.ts';
import { percentile } from '../statistics.ts';
import { atMost, judge } from './aim.ts';
import { count, milliseconds, ratio } from './figures.ts';
import { table } from './table.ts';

const SLOWEST_MS = 50;
const GROWTH = 5;

const WAYS: Readonly<Record<Way, string>> = { autocomplete: 'autocomplete', list: '/user list', panel: 'panel’s own' };

export function directoryReport({ sizes, lookups, answeredOfHundred }: Directories): string {
  const [smallest = 0, largest = 0] = [sizes[0], sizes.at(-1)];
  const figure = ({ timesMs }: Lookup, size: number, share: number) => percentile(timesMs.get(size) ?? [], share);
  const row = (lookup: Lookup) => {
    const { way, frequency, length } = lookup;
    const isOurs = way !== 'panel';
    const growth = figure(lookup, largest, 0.5) / figure(lookup, smallest, 0.5);
    return [
      `${WAYS[way]}, ${frequency}, ${length}`,
      ...sizes.map(
        (size) => `${milliseconds(figure(lookup, size, 0.5))} / ${milliseconds(figure(lookup, size, 0.99))}`,
      ),
      judge(isOurs ? atMost(SLOWEST_MS) : null, figure(lookup, largest, 0.99), milliseconds),
      ratio(growth),
      judge(isOurs ? atMost(GROWTH) : null, growth, ratio),
    ];
  };
  const head = [
    'Found by 1, 2, 3 or 8 characters, p50 / p99 in ms',
    ...sizes.map(count),
    'p99',
    'growth of p50',
    'aim',
  ];
  return [
    table(head, lookups.map(row)),
    `  The panel’s own is the double of CtrlPanel.gg without a limit. With its limit it answers ${answeredOfHundred} of 100 searches in a row.`,
  ].join('\n');
}
