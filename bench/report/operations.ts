import type { Operations } from '../parts/operations.ts';
import { median } from '../statistics.ts';
import { type Aim, atLeast, atMost, judge } from './aim.ts';
import { count, ratio } from './figures.ts';
import { table } from './table.ts';

const SLOWER_UP_TO = 3;

export function operationsReport({ bare, many, bareOne, one, sealed }: Operations): string {
  const row = (title: string, alone: readonly number[], ours: readonly number[], aim: Aim | null) => {
    const times = median(alone.map((value, round) => value / (ours[round] ?? Number.NaN)));
    return [title, count(median(alone)), count(median(ours)), ratio(times), judge(aim, times, ratio)];
  };
  const fastest = Math.max(...many);
  return [
    table(
      ['Grants a second, without Discord', 'bare SQL', 'Steward', 'times fewer', 'aim'],
      [
        row('to 1,000 accounts', bare, many, atMost(SLOWER_UP_TO)),
        row('to one account, one after the other', bareOne, one, null),
      ],
    ),
    table(
      ['The sealer', 'rows a second', 'aim'],
      [['of the audit log', count(sealed), judge(atLeast(fastest), sealed, count)]],
    ),
  ].join('\n\n');
}
