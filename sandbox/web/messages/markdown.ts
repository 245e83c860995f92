/**
 * Discord's dialect of Markdown as a tree. Written for it because no kept library parses subtext, timestamps, mentions and
 * spoilers together. The result is data, drawn by `markdown-view.tsx`; nothing of a message is ever treated as HTML.
 * Dialect: https://support.discord.com/hc/en-us/articles/210298617 and
 * https://discord.com/developers/docs/reference#message-formatting
 */
import { type Inline, parseInline } from './markdown-inline.ts';

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3; children: Inline[] }
  | { type: 'subtext'; children: Inline[] }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; start: number | null; items: Block[][] }
  | { type: 'code'; language: string; text: string };

const fence = /```(?:([\w+-]*)\n)?([\s\S]+?)```/;
const heading = /^(#{1,3}) +(\S.*)$/;
const subtext = /^-# +(\S.*)$/;
const quote = /^> ?(.*)$/;
const listItem = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;

/** Quotes and lists deeper than this stay text, so that no message can exhaust the stack. */
const deepest = 8;

export function parseMarkdown(source: string, depth = 0): Block[] {
  const blocks: Block[] = [];
  let rest = source;
  for (let match = fence.exec(rest); match; match = fence.exec(rest)) {
    blocks.push(...parseLines(withoutOneBreak(rest.slice(0, match.index)), depth));
    blocks.push({ type: 'code', language: match[1] ?? '', text: (match[2] ?? '').replace(/\n$/, '') });
    rest = rest.slice(match.index + match[0].length).replace(/^\n/, '');
  }
  blocks.push(...parseLines(rest, depth));
  return blocks;
}

function withoutOneBreak(text: string): string {
  return text.replace(/\n$/, '');
}

function parseLines(source: string, depth: number): Block[] {
  if (source === '') return [];
  const lines = source.split('\n');
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    const text = paragraph.join('\n');
    if (text.trim() !== '') blocks.push({ type: 'paragraph', children: parseInline(text) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; ) {
    const taken = depth < deepest ? takeBlock(lines, at, depth) : null;
    if (taken) {
      endParagraph();
      blocks.push(taken.block);
      at = taken.next;
    } else {
      paragraph.push(lines[at] ?? '');
      at += 1;
    }
  }
  endParagraph();
  return blocks;
}

interface Taken {
  block: Block;
  next: number;
}

function takeBlock(lines: string[], at: number, depth: number): Taken | null {
  const line = lines[at] ?? '';
  const small = subtext.exec(line);
  if (small) return { block: { type: 'subtext', children: parseInline(small[1] ?? '') }, next: at + 1 };
  const title = heading.exec(line);
  if (title) {
    const level = (title[1] ?? '#').length as 1 | 2 | 3;
    return { block: { type: 'heading', level, children: parseInline(title[2] ?? '') }, next: at + 1 };
  }
  if (line.startsWith('>>> ')) {
    const quoted = [line.slice(4), ...lines.slice(at + 1)].join('\n');
    return { block: { type: 'quote', children: parseMarkdown(quoted, depth + 1) }, next: lines.length };
  }
  if (quote.test(line) && line.startsWith('> ')) return takeQuote(lines, at, depth);
  return listItem.test(line) ? takeList(lines, at, depth) : null;
}

function takeQuote(lines: string[], at: number, depth: number): Taken {
  const quoted: string[] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const match = quote.exec(lines[next] ?? '');
    if (!match) break;
    quoted.push(match[1] ?? '');
  }
  return { block: { type: 'quote', children: parseMarkdown(quoted.join('\n'), depth + 1) }, next };
}

/** A list goes on over items of the same depth; lines indented deeper belong to the item above them. */
function takeList(lines: string[], at: number, depth: number): Taken {
  const first = listItem.exec(lines[at] ?? '');
  const indent = (first?.[1] ?? '').length;
  const ordered = /\d/.test(first?.[2] ?? '');
  const items: string[][] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    const match = listItem.exec(line);
    const deeper = line.startsWith(' '.repeat(indent + 1)) && line.trim() !== '';
    if (match && (match[1] ?? '').length <= indent) {
      if (/\d/.test(match[2] ?? '') !== ordered || ((match[1] ?? '').length < indent && items.length > 0)) break;
      items.push([match[3] ?? '']);
    } else if (deeper && items.length > 0) {
      items.at(-1)?.push(line.replace(/^ {1,2}/, ''));
    } else break;
  }
  const start = ordered ? Number.parseInt(first?.[2] ?? '1', 10) : null;
  return {
    block: { type: 'list', start, items: items.map((item) => parseMarkdown(item.join('\n'), depth + 1)) },
    next,
  };
}
