/** The part of Discord's Markdown within a line: emphasis, code, links, mentions, timestamps, custom emoji. */

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string; children: Inline[] }
  | { type: 'user' | 'role' | 'channel'; id: string }
  | { type: 'everyone'; text: string }
  | { type: 'command'; name: string; id: string }
  | { type: 'timestamp'; seconds: number; style: string }
  | { type: 'emoji'; name: string; id: string };

interface Rule {
  /** Sticky, so that it is tried exactly at the place that is being read. */
  pattern: RegExp;
  make(match: RegExpExecArray, depth: number): Inline | null;
}

const group = (match: RegExpExecArray, index: number) => match[index] ?? '';

/** In order of precedence: code before everything within it, two stars before one. */
const rules: Rule[] = [
  { pattern: /\\([!-/:-@[-`{-~])/y, make: (match) => ({ type: 'text', text: group(match, 1) }) },
  {
    pattern: /(`{1,2})([^`](?:[\s\S]*?[^`])?)\1(?!`)/y,
    make: (match) => ({ type: 'code', text: group(match, 2).replace(/^ +| +$/g, '') || group(match, 2) }),
  },
  {
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y,
    make: (match) => ({ type: 'timestamp', seconds: Number(match[1]), style: match[2] ?? 'f' }),
  },
  { pattern: /<@&(\d{15,21})>/y, make: (match) => ({ type: 'role', id: group(match, 1) }) },
  { pattern: /<@!?(\d{15,21})>/y, make: (match) => ({ type: 'user', id: group(match, 1) }) },
  { pattern: /<#(\d{15,21})>/y, make: (match) => ({ type: 'channel', id: group(match, 1) }) },
  {
    pattern: /<\/([^:<>]{1,100}):(\d{1,21})>/y,
    make: (match) => ({ type: 'command', name: group(match, 1), id: group(match, 2) }),
  },
  {
    pattern: /<a?:(\w{2,32}):(\d{15,21})>/y,
    make: (match) => ({ type: 'emoji', name: group(match, 1), id: group(match, 2) }),
  },
  { pattern: /@(?:everyone|here)\b/y, make: (match) => ({ type: 'everyone', text: match[0] }) },
  {
    pattern: /\[([^\]\n]+)\]\(<?(https?:\/\/[^\s<>)]+)>?(?: "[^"\n]*")?\)/y,
    make: (match, depth) => link(group(match, 2), parseInline(group(match, 1), depth + 1)),
  },
  { pattern: /<(https?:\/\/[^\s<>]+)>/y, make: (match) => link(group(match, 1)) },
  { pattern: /https?:\/\/[^\s<>]*[^\s<>.,:;"'\])]/y, make: (match) => link(match[0]) },
  span('bold', /\*\*([\s\S]+?)\*\*(?!\*)/y),
  span('underline', /__([\s\S]+?)__(?!_)/y),
  span('italic', /\*(?=\S)((?:\*\*|[^*])+?)(?<=\S)\*(?!\*)/y),
  span('italic', /(?<![\p{L}\p{N}])_(?=\S)((?:__|[^_])+?)(?<=\S)_(?![\p{L}\p{N}_])/uy),
  span('strike', /~~([\s\S]+?)~~(?!~)/y),
  span('spoiler', /\|\|([\s\S]+?)\|\|/y),
];

/** Where a rule could possibly start; everything before is plain text. */
const special = /[\\`<@[*_~|]|https?:\/\//g;
const deepest = 12;

export function parseInline(source: string, depth = 0): Inline[] {
  const nodes: Inline[] = [];
  const addText = (text: string) => {
    const last = nodes.at(-1);
    if (last?.type === 'text') last.text += text;
    else if (text !== '') nodes.push({ type: 'text', text });
  };
  for (let at = 0; at < source.length; ) {
    special.lastIndex = at;
    const next = special.exec(source)?.index ?? source.length;
    addText(source.slice(at, next));
    at = next;
    if (at >= source.length) break;
    const found = depth < deepest ? tryRules(source, at, depth) : null;
    if (found?.node.type === 'text') addText(found.node.text);
    else if (found) nodes.push(found.node);
    else addText(source.charAt(at));
    at += found?.length ?? 1;
  }
  return nodes;
}

function tryRules(source: string, at: number, depth: number): { node: Inline; length: number } | null {
  for (const { pattern, make } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const node = match && make(match, depth);
    if (match && node) return { node, length: match[0].length };
  }
  return null;
}

function span(type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', pattern: RegExp): Rule {
  return { pattern, make: (match, depth) => ({ type, children: parseInline(group(match, 1), depth + 1) }) };
}

/** Only web addresses become links: a scheme such as `javascript:` never reaches an `href`. */
function link(url: string, children?: Inline[]): Inline | null {
  if (!URL.canParse(url)) return null;
  return { type: 'link', url, children: children ?? [{ type: 'text', text: url }] };
}

/** How what stands for something else is read: people by name, moments by their distance. */
export interface Readings {
  user(id: string): string;
  time(seconds: number, style: string): string;
}

/** The text without any formatting, for previews and accessible names; without readings what stands for something else is left out. */
export function plainText(nodes: Inline[], readings?: Readings): string {
  return nodes
    .map((node) => {
      if (node.type === 'text' || node.type === 'code' || node.type === 'everyone') return node.text;
      if (node.type === 'command') return `/${node.name}`;
      if (node.type === 'emoji') return `:${node.name}:`;
      if (node.type === 'user') return readings ? `@${readings.user(node.id)}` : '';
      if (node.type === 'timestamp') return readings?.time(node.seconds, node.style) ?? '';
      return 'children' in node ? plainText(node.children, readings) : '';
    })
    .join('');
}
