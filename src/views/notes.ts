import { formatReference } from '../domain/account.ts';
import { pageWords } from '../locales/en/pages.ts';
import { join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import { type NamedAccount, titleOf } from './account-card.ts';
import { button, buttonRows, fitTexts, heading, lines, noticeView, paragraph, run, subtext } from './parts.ts';
import type { Block, View } from './view.ts';

export interface Note {
  readonly id: number;
  readonly text: string;
  readonly authorId: string;
  readonly at: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
}

/** So many stand in one message; each with its own *Withdraw*. */
const NOTES = 8;
/** How much of each is shown: all of it, if all of them fit. */
const NOTE_LIMITS = [1_000, 500, 250, 120, 60];

/** What staff wrote on an account, newest first; withdrawn notes stay, struck through. */
export function notesView(account: NamedAccount, notes: readonly Note[]): View<'private'> {
  const add = button(pageWords.addNote, run('user note', { account: formatReference(account) }, 'form'), 'primary');
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(heading(pageWords.notes(titleOf(account)))),
      ...(notes.length === 0 ? [paragraph(subtext(pageWords.notesEmpty))] : noteBlocks(notes.slice(0, NOTES))),
      ...buttonRows([add]),
    ],
  };
}

export function noteWithdrawnView(): View<'private'> {
  return noticeView('neutral', pageWords.noteWithdrawn);
}

function noteBlocks(notes: readonly Note[]): readonly Block[] {
  const texts = fitTexts(notes, noteWords, NOTE_LIMITS);
  return notes.map((note, index) => noteBlock(note, texts[index] ?? untrusted(note.text)));
}

function noteBlock(note: Note, words: Text): Block {
  if (note.withdrawnAt !== null) return paragraph(words);
  const withdraw = { ...run('note withdraw', { note: note.id }), once: `withdraw-${note.id}` };
  return { kind: 'section', text: words, accessory: button(pageWords.withdraw, withdraw) };
}

function noteWords({ text: written, authorId, at, withdrawnAt, withdrawnBy }: Note, limit: number): Text {
  const foot = join([mention(authorId), moment(at)]);
  const body = untrusted(written, limit);
  if (withdrawnAt === null) return lines([body, subtext(foot)]);
  return lines([
    text`~~${body}~~`,
    subtext(join([foot, pageWords.withdrawn(mention(withdrawnBy ?? authorId), withdrawnAt)])),
  ]);
}
