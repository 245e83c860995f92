import type { Directories, Lookup } from '../parts/directory.ts';
import { percentile } from '../statistics.ts';
import { atMost, judge } from './aim.ts';
import { count, milliseconds, ratio } from './figures.ts';
import { table } from './table.ts';

const SLOWEST_MS = 50;
const GROWTH = 5;

export function directoryReport({ sizes, lookups }: Directories): string {
  const [smallest = 0, largest = 0] = [sizes[0], sizes.at(-1)];
  const figure = ({ timesMs }: Lookup, size: number, share: number) => percentile(timesMs.get(size) ?? [], share);
  const row = (lookup: Lookup) => {
    const p99 = figure(lookup, largest, 0.99);
    const growth = figure(lookup, largest, 0.5) / figure(lookup, smallest, 0.5);
    return [
      `${lookup.way}, ${lookup.frequency}, ${lookup.length} ${lookup.length === 1 ? 'character' : 'characters'}`,
      ...sizes.map(
        (size) => `${milliseconds(figure(lookup, size, 0.5))} / ${milliseconds(figure(lookup, size, 0.99))}`,
      ),
      judge(atMost(SLOWEST_MS), p99, milliseconds),
      ratio(growth),
      judge(atMost(GROWTH), growth, ratio),
    ];
  };
  const head = ['Found in the directory, p50 / p99 in ms', ...sizes.map(count), 'p99', 'growth of p50', 'aim'];
  return table(head, lookups.map(row));
}
