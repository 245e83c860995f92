import { text, untrusted } from '../locales/text.ts';
import { lines, paragraph } from './parts.ts';
import type { View } from './view.ts';

/** Longest line of a message, in graphemes. */
const LINE_LENGTH = 1_500;

/** What the team writes to somebody, with its lines as they were written. */
export function directMessageView(message: { readonly title: string; readonly text: string }): View<'private'> {
  const written = message.text.split('\n').map((line) => untrusted(line, LINE_LENGTH));
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [paragraph(lines([text`**${untrusted(message.title, 100)}**`, ...written]))],
  };
}
