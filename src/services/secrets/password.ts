import { randomInt } from 'node:crypto';

/** Nothing that looks like anything else, for whoever has to type it from a screen. */
const LOWER = 'abcdefghijkmnpqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
const ALL = LOWER + UPPER + DIGITS;

/** In characters: about 140 bits. */
const LENGTH = 24;

/** Makes a password that any usual rule takes: with a lower-case letter, an upper-case letter and a digit. Lengths in characters. */
export function makePassword({
  minLength,
  maxLength,
}: {
  readonly minLength: number;
  readonly maxLength: number;
}): string {
  const length = Math.min(Math.max(LENGTH, minLength), maxLength);
  for (;;) {
    const password = Array.from({ length }, () => ALL.charAt(randomInt(ALL.length))).join('');
    // Drawn anew rather than mended, so that every password that is taken is as likely as any other.
    if ([LOWER, UPPER, DIGITS].every((kind) => [...password].some((character) => kind.includes(character))))
      return password;
  }
}
