import { formatReference } from '../domain/account.ts';
import { pageWords } from '../locales/en/pages.ts';
import { join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import { type NamedAccount, titleOf } from './account-card.ts';
import { button, buttonRows, fitTexts, heading, lines, numberedPages, paragraph, run, subtext } from './parts.ts';
import type { Block, OptionValues, View } from './view.ts';

export interface Note {
  readonly id: number;
  readonly text: string;
  readonly authorId: string;
  readonly at: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
}

/** So many stand on one page, each with its own *Withdraw*. */
const NOTES_A_PAGE = 6;
/** How much of each is shown: all of it, if all of them fit. */
const NOTE_LIMITS = [1_000, 500, 250, 120, 80];

/** What staff wrote on an account, newest first; withdrawn notes stay, struck through. */
export function notesView(
  account: NamedAccount,
  notes: readonly Note[],
  shown: { readonly page: number; readonly mayWithdraw: (note: Note) => boolean },
): View<'private'> {
  const options = { account: formatReference(account) };
  const onPage = notes.slice(shown.page * NOTES_A_PAGE, (shown.page + 1) * NOTES_A_PAGE);
  const texts = fitTexts(onPage, noteWords, NOTE_LIMITS);
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(heading(pageWords.notes(titleOf(account)))),
      ...(notes.length === 0 ? [paragraph(subtext(pageWords.notesEmpty))] : []),
      ...onPage.map((note, index) => {
        const words = texts[index] ?? noteWords(note, 80);
        return note.withdrawnAt === null && shown.mayWithdraw(note)
          ? standingNote(words, note, options)
          : paragraph(words);
      }),
      ...buttonRows([button(pageWords.addNote, run('user note', options, 'form'), 'primary')]),
      ...numberedPages({ page: shown.page, pages: Math.ceil(notes.length / NOTES_A_PAGE) }, 'user note', options),
    ],
  };
}

function standingNote(words: Text, { id }: Note, options: OptionValues): Block {
  const withdraw = { ...run('note withdraw', { ...options, note: id }, 'update'), once: `withdraw-${id}` };
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
