import type { Choice } from '../../src/discord/command.ts';
import { plain } from '../../src/locales/text.ts';

/** Those that contain what was typed, the ones that begin with it first; at most the 25 that Discord shows. */
export function containing(values: readonly string[], typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  const found = values.filter((value) => value.toLowerCase().includes(wanted));
  const begins = (value: string) => value.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((value) => !begins(value))].slice(0, 25);
}

/** Choices whose name is their value. Discord takes values of at most 100 characters. */
export function named(values: readonly string[]): readonly Choice[] {
  return values.filter((value) => value.length <= 100).map((value) => ({ name: plain(value, 90), value }));
}

/** What stands in the middle of a sentence, as the beginning of one. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
