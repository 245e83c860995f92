import type { Crawled } from '../parts/crawl.ts';
import { median } from '../statistics.ts';
import { atMost, judge } from './aim.ts';
import { count, megabytes, percent, ratio, seconds } from './figures.ts';
import { table } from './table.ts';

/** Memory that grows with what was read would be far beyond. */
const FLAT = 1.3;

export function crawlReport({ accounts, pages, tookMs, limitMs, residentBytes }: Crawled): string {
  const quarter = Math.max(1, Math.floor(residentBytes.length / 4));
  const [first, last] = [median(residentBytes.slice(0, quarter)), median(residentBytes.slice(-quarter))];
  return table(
    ['A crawl', 'figure', 'aim'],
    [
      ['accounts', count(accounts), ''],
      ['pages', count(pages), ''],
      ['without a limit, in s', seconds(tookMs), ''],
      ['at half of 60 requests a minute at least, in s', seconds(limitMs), ''],
      ['our share of that time', percent(tookMs / limitMs), judge(atMost(1), tookMs / limitMs, percent)],
      ['memory in its first quarter, in MB', megabytes(first), ''],
      ['memory in its last quarter, in MB', megabytes(last), judge(atMost(FLAT), last / first, ratio)],
    ],
  );
}
