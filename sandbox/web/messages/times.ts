/** Times as a reader says them, in the reader's own zone. `now` is handed in, so that live times can be redrawn. */

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Discord's timestamp styles: https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
const styles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

export function formatTimestamp(atMs: number, style: string, nowMs: number): string {
  if (style === 'R') return formatRelative(atMs, nowMs);
  if (!Number.isFinite(new Date(atMs).getTime())) return 'an impossible date';
  return new Intl.DateTimeFormat('en-GB', styles[style] ?? styles.f).format(atMs);
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * dayMs],
  ['month', 30 * dayMs],
  ['day', dayMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
  ['second', 1_000],
];

const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' });

export function formatRelative(atMs: number, nowMs: number): string {
  const distanceMs = atMs - nowMs;
  for (const [unit, unitMs] of units) {
    const amount = Math.trunc(distanceMs / unitMs);
    if (amount !== 0) return relative.format(amount, unit);
  }
  return 'now';
}

export function formatClock(atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(atMs);
}

/** The stamp beside an author: the clock today, "Yesterday" the day before, the date otherwise. */
export function formatMessageTime(atMs: number, nowMs: number): string {
  const daysAgo = dayNumber(nowMs) - dayNumber(atMs);
  if (daysAgo === 0) return formatClock(atMs);
  if (daysAgo === 1) return `Yesterday ${formatClock(atMs)}`;
  return `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(atMs)} ${formatClock(atMs)}`;
}

export function formatDay(atMs: number, nowMs: number): string {
  const daysAgo = dayNumber(nowMs) - dayNumber(atMs);
  if (daysAgo === 0) return 'Today';
  if (daysAgo === 1) return 'Yesterday';
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(
    atMs,
  );
}

/** The same for all times of one calendar day in the reader's zone. */
export function dayNumber(atMs: number): number {
  const date = new Date(atMs);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs);
}
