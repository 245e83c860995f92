/** CtrlPanel.gg sends and takes most times without an offset, in the time zone that its operator has set. */

const NAIVE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)?$/;

/** Null for what is no time. One that is followed by an offset means what it says. */
export function timeOf(text: string | null | undefined, timeZone: string): Date | null {
  if (!text) return null;
  const match = NAIVE.exec(text);
  // What the database has in place of no time.
  if (text.startsWith('0000-')) return null;
  const time = match ? fromWall(wallOf(match), timeZone) : new Date(text);
  return Number.isNaN(time.getTime()) ? null : time;
}

/** As the panel wants it typed: `31-12-2026 23:59:00`. */
export function typedTime(time: Date, timeZone: string): string {
  const wall = new Date(time.getTime() + offsetMs(time, timeZone)).toISOString();
  const [year, month, day] = wall.slice(0, 10).split('-');
  return `${day}-${month}-${year} ${wall.slice(11, 19)}`;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What the clock on the wall shows, counted as if it hung in Greenwich. */
function wallOf(match: RegExpExecArray): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Twice, for the offset at the first guess may be that of the other side of a change of the clocks. */
function fromWall(wall: number, timeZone: string): Date {
  const guess = new Date(wall - offsetMs(new Date(wall), timeZone));
  return new Date(wall - offsetMs(guess, timeZone));
}

function offsetMs(time: Date, timeZone: string): number {
  if (Number.isNaN(time.getTime())) return 0;
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(time.getTime() / 1_000) * 1_000;
}
