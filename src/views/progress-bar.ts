import { syncWords } from '../locales/en/panels.ts';
import { type Text, text } from '../locales/text.ts';

const CELLS = 16;

/** How far something has come. `total` may be what it was the last time, where nobody says what it is now. */
export function progressBar({
  seen,
  total,
  isGuess = false,
}: {
  readonly seen: number;
  readonly total: number | null;
  readonly isGuess?: boolean;
}): Text {
  if (total === null || total === 0) return syncWords.seen(seen);
  const whole = Math.max(total, seen);
  const full = Math.floor((CELLS * seen) / whole);
  const bar = ('▰'.repeat(full) + '▱'.repeat(CELLS - full)) as Text;
  return text`${bar} ${isGuess ? syncWords.seenOfAbout(seen, whole) : syncWords.seenOf(seen, whole)}`;
}
