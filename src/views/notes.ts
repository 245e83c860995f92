import { type AccountReference, formatReference } from '../domain/account.ts';
import { pageWords } from '../locales/en/pages.ts';
import { join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import { titleOf } from './account-card.ts';
import { button, buttonRows, heading, noticeView, paragraph, run, subtext } from './parts.ts';
import type { Block, View } from './view.ts';

export interface Note {
  readonly id: number;
  readonly text: string;
  readonly authorId: string;
  readonly at: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
}

type NotedAccount = AccountReference & { readonly username: string; readonly name: string | null };

/** So many stand in one message; each with its own *Withdraw*. */
const NOTES = 8;

/** What staff wrote on an account, newest first; withdrawn notes stay, struck through. */
export function notesView(account: NotedAccount, notes: readonly Note[]): View<'private'> {
  const add = button(pageWords.addNote, run('user note', { account: formatReference(account) }, 'form'), 'primary');
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(heading(pageWords.notes(titleOf(account)))),
      ...(notes.length === 0 ? [paragraph(subtext(pageWords.notesEmpty))] : notes.slice(0, NOTES).map(noteBlock)),
      ...buttonRows([add]),
    ],
  };
}

export function noteAddedView(account: NotedAccount): View<'private'> {
  return noticeView('good', pageWords.noteAdded(titleOf(account)), [
    button('Notes', run('user note', { account: formatReference(account) })),
  ]);
}

export function noteWithdrawnView(): View<'private'> {
  return noticeView('neutral', pageWords.noteWithdrawn);
}

function noteBlock(note: Note): Block {
  const words = noteWords(note);
  if (note.withdrawnAt !== null) return paragraph(words);
  const withdraw = { ...run('note withdraw', { note: note.id }), once: `withdraw-${note.id}` };
  return { kind: 'section', text: words, accessory: button(pageWords.withdraw, withdraw) };
}

/** The first part of a long note; a note is at most 1,000 characters, and eight of them share one message. */
function noteWords({ text: written, authorId, at, withdrawnAt, withdrawnBy }: Note): Text {
  const foot = join([mention(authorId), moment(at)]);
  const body = untrusted(written, 100);
  if (withdrawnAt === null) return text`${body}\n${subtext(foot)}`;
  return text`~~${body}~~\n${subtext(join([foot, pageWords.withdrawn(mention(withdrawnBy ?? authorId), withdrawnAt)]))}`;
}
