/** An avatar drawn from the name: the same person always looks the same, with no picture loaded. */

export interface AvatarLook {
  /** At most two characters, whole as readers see them (an emoji is one). */
  initials: string;
  /** Degrees of hue in OKLCH, from and to. */
  hues: [number, number];
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** @param seed What the colour is made from, such as the user's id: it stays when the name changes. */
export function avatarLook(name: string, seed: string): AvatarLook {
  const hue = hash(seed) % 360;
  return { initials: initialsOf(name), hues: [hue, (hue + 40 + (hash(name) % 50)) % 360] };
}

function initialsOf(name: string): string {
  const words = name.split(/[\s_.-]+/u).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const named = words.filter((word) => /[\p{L}\p{N}]/u.test(word));
  const chosen = named.length > 1 ? [named[0], named.at(-1)] : [named[0] ?? words[0]];
  const letters = chosen.map((word) => firstLetter(word ?? '')).join('');
  return letters === '' ? '?' : letters.toLocaleUpperCase('en');
}

/** The first letter, digit or emoji; marks of Markdown and invisible direction marks do not count. */
function firstLetter(word: string): string {
  for (const { segment } of segmenter.segment(word)) {
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(segment)) return segment;
  }
  return '';
}

/** FNV-1a, as colours need an even spread and nothing more: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  // FNV leaves ids that differ in their last digit close together; this spreads them over the circle.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
  return (value ^ (value >>> 12)) >>> 0;
}
