/** How long something lasts, in the largest unit that says it whole: `3 days`, `1 hour`, `90 minutes`. */
import type { Text } from '../text.ts';

interface Unit {
  readonly name: 'minute' | 'hour' | 'day' | 'month' | 'year';
  readonly size: number;
}

export function minutesWords(minutes: number): Text {
  const larger = [
    { name: 'day', size: 1_440 },
    { name: 'hour', size: 60 },
  ] as const;
  return inLargest(minutes, larger, { name: 'minute', size: 1 });
}

export function hoursWords(hours: number): Text {
  return minutesWords(hours * 60);
}

export function monthsWords(months: number): Text {
  return inLargest(months, [{ name: 'year', size: 12 }], { name: 'month', size: 1 });
}

/** About how long something took: `12 seconds`, `3 minutes`, `2.5 hours`. */
export function durationWords(durationMs: number): Text {
  const seconds = Math.max(1, Math.round(durationMs / 1_000));
  const [unit, amount] =
    seconds < 90
      ? (['second', seconds] as const)
      : seconds < 90 * 60
        ? (['minute', Math.round(seconds / 60)] as const)
        : (['hour', Math.round(seconds / 360) / 10] as const);
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(amount) as Text;
}

function inLargest(amount: number, larger: readonly Unit[], smallest: Unit): Text {
  const { name, size } = larger.find((unit) => amount > 0 && amount % unit.size === 0) ?? smallest;
  return new Intl.NumberFormat('en', { style: 'unit', unit: name, unitDisplay: 'long' }).format(amount / size) as Text;
}
