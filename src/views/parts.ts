/** The small parts that views are made of. */
import { join, type Text, text } from '../locales/text.ts';
import type { Block, Button, Invocation, OptionValues, Tone, View } from './view.ts';

/** Discord counts 4,000 characters over a whole message; the rest is for headings and what stands around the rows. */
const ROWS_CHARACTERS = 3_000;
/** How much of a foreign text a row shows, in graphemes: the first limit with which all rows fit. */
const ROW_LIMITS = [60, 40, 25, 15, 8, 4] as const;

export function paragraph(words: Text): Block {
  return { kind: 'text', text: words };
}

export function line(): Block {
  return { kind: 'line' };
}

/** Text in small, grey letters. */
export function subtext(words: Text): Text {
  return text`-# ${words}`;
}

export function heading(words: Text): Text {
  return text`### ${words}`;
}

export function lines(parts: readonly (Text | null)[]): Text {
  return join(parts, '\n');
}

/**
 * Labels and values in two columns. Only a code span has letters of one width in Discord, and its edges lose ordinary spaces,
 * so labels are padded with no-break spaces inside one.
 */
export function facts(rows: readonly (readonly [label: string, value: Text] | null)[]): Text {
  const present = rows.filter((row) => row !== null);
  const width = Math.max(...present.map(([label]) => label.length));
  return lines(present.map(([label, value]) => text`\`${label.padEnd(width, '\u00a0') as Text}\` ${value}`));
}

/** One row a line, with foreign text in them cut as far as it must be for all rows to fit in one message. */
export function fitRows<Row>(rows: readonly Row[], render: (row: Row, limit: number) => Text): Text {
  return lines(fitTexts(rows, render));
}

/** As {@link fitRows}, each row for itself. `limits` are tried in order, in graphemes; `characters` are those of all rows together. */
export function fitTexts<Row>(
  rows: readonly Row[],
  render: (row: Row, limit: number) => Text,
  limits: readonly number[] = ROW_LIMITS,
  characters: number = ROWS_CHARACTERS,
): readonly Text[] {
  const rendered = (limit: number) => rows.map((row) => render(row, limit));
  const fits = (texts: readonly Text[]) => texts.reduce((sum, { length }) => sum + length + 1, 0) <= characters;
  return limits.values().map(rendered).find(fits) ?? rendered(1);
}

/** How much of a foreign text a card shows, in graphemes: the first limit with which all of it fits. */
const CARD_LIMITS = [300, 150, 80, 40, 20] as const;
/** What Discord shows of one message, in characters. */
const MESSAGE_CHARACTERS = 4_000;

/** The blocks of a card whose foreign texts are cut as far as they must be for all of it to fit in one message. */
export function fitBlocks(build: (limit: number) => readonly Block[]): readonly Block[] {
  const length = (blocks: readonly Block[]) =>
    blocks.reduce((sum, block) => sum + ('text' in block ? block.text.length : 0), 0);
  return (
    CARD_LIMITS.values()
      .map(build)
      .find((blocks) => length(blocks) <= MESSAGE_CHARACTERS) ?? build(1)
  );
}

/** What a press does: a run of a command with these options, answered so. */
export function run(command: string, options: OptionValues = {}, answer: Invocation['answer'] = 'private'): Invocation {
  return { command, options, answer };
}

export function button(label: string, action: Invocation, style: Button['style'] = 'secondary'): Button {
  return { label, style, action };
}

/** Buttons in rows of five, none when there are none. */
export function buttonRows(buttons: readonly Button[]): readonly Block[] {
  const rows: Block[] = [];
  for (let start = 0; start < buttons.length; start += 5) {
    rows.push({ kind: 'buttons', buttons: buttons.slice(start, start + 5) });
  }
  return rows;
}

/** Where a page leads: the cursors of its neighbours. */
export interface Neighbours {
  readonly next: string | null;
  readonly previous: string | null;
}

/** *Newer* and *Older*, or the words given, which change the message to the neighbouring page. */
export function pageButtons(
  { next, previous }: Neighbours,
  command: string,
  options: OptionValues,
  labels: { readonly previous: string; readonly next: string } = { previous: 'Newer', next: 'Older' },
): readonly Block[] {
  if (next === null && previous === null) return [];
  const page = (label: string, cursor: string | null): Button => ({
    ...button(label, run(command, { ...options, cursor: cursor ?? '' }, 'update')),
    disabled: cursor === null,
  });
  return buttonRows([page(labels.previous, previous), page(labels.next, next)]);
}

/** As {@link pageButtons}, for a list that is at hand as a whole: `page` counts from 0. */
export function numberedPages(
  { page, pages }: { readonly page: number; readonly pages: number },
  command: string,
  options: OptionValues,
): readonly Block[] {
  if (pages <= 1) return [];
  const to = (label: string, target: number): Button => ({
    ...button(label, run(command, { ...options, page: target }, 'update')),
    disabled: target < 0 || target >= pages,
  });
  return buttonRows([to('Back', page - 1), to('Next', page + 1)]);
}

/** A few sentences, for one reader. */
export function noticeView(tone: Tone, words: Text, buttons: readonly Button[] = []): View<'private'> {
  return { visibility: 'private', tone, blocks: [paragraph(words), ...buttonRows(buttons)] };
}
