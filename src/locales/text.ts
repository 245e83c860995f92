import { parseMessageLink } from '../domain/message-link.ts';
import { formatAmount, formatDelta, type Money } from '../domain/money.ts';

/**
 * Text that is safe to show: written by us, or made safe. Discord's markdown in it is ours. A plain string is not assignable:
 * whatever people or panels wrote passes through `untrusted()` first.
 */
export type Text = string & { readonly __text: unique symbol };

/**
 * Controls, direction marks, and what has no shape: it can hide, or turn what stands around it. The joiner of emoji such as 👩‍🚀 is
 * left between two pictographs, where it cannot hide anything.
 */
const INVISIBLE =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})|[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]--\u200d]/gv;
const MARKDOWN = /[\\*_~`|>#[\]()<@:\-+=.!/&]/g;
const LINE_START_ONLY = new Set(['-', '+', '=', '.', '!', '#', '>', '&']);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** A grapheme of more UTF-16 units is no letter of any language but a heap of marks that runs over the lines above. */
const LONGEST_GRAPHEME = 24;
/** Text of which each character is one grapheme, as most names are: they need not be taken apart. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** Room for texts of emoji; keeps what is counted in UTF-16 units (a message's 4,000) near what is counted in graphemes. */
const UNITS_PER_GRAPHEME = 3;

/** Cuts after `limit` graphemes, or three times as many UTF-16 units, with an ellipsis in the last one's place. */
export function cutGraphemes(value: string, limit: number): string {
  if (PRINTABLE_ASCII.test(value)) return value.length <= limit ? value : `${value.slice(0, limit - 1)}…`;
  let count = 0;
  let end = 0;
  for (const { index, segment } of graphemes.segment(value.slice(0, limit * LONGEST_GRAPHEME))) {
    count += 1;
    if (count === limit) end = index;
    if (count > limit) return `${value.slice(0, end)}…`;
    if (segment.length > LONGEST_GRAPHEME || index + segment.length > limit * UNITS_PER_GRAPHEME) {
      return `${value.slice(0, index)}…`;
    }
  }
  return value;
}

/** Without control, bidirectional and zero-width characters, on one line, cut by grapheme; markdown is not escaped. For labels. */
export function plain(value: string, limit = 100): string {
  return cutGraphemes(value.replace(INVISIBLE, ' ').replace(/\s+/gu, ' ').trim(), limit);
}

/** Makes text from people or panels safe to show: see {@link plain}, with markdown, mentions and links escaped. */
export function untrusted(value: string, limit = 100): Text {
  const cleaned = plain(value, limit);
  const escaped = cleaned.replace(MARKDOWN, (character, offset: number) => {
    if (LINE_START_ONLY.has(character) && offset > 0) return character;
    return `\\${character}`;
  });
  return escaped.replace(/^(\d+)\.(?=\s|$)/, '$1\\.') as Text;
}

/** Writes a sentence: numbers and safe texts may stand in it, plain strings may not. */
export function text(strings: TemplateStringsArray, ...values: readonly (Text | number)[]): Text {
  return strings.reduce((whole, part, index) => `${whole}${values[index - 1]}${part}`) as Text;
}

/** Joins texts, leaving out what is null. */
export function join(parts: readonly (Text | null)[], separator = ' · '): Text {
  return parts.filter((part) => part !== null).join(separator) as Text;
}

/** An amount for people, such as `1 234.50`: digits, a point and thin spaces. */
export function amount(value: Money): Text {
  return formatAmount(value) as Text;
}

/** A number of things, in groups of three digits: `1 204`. */
export function count(value: number): Text {
  return amount({ minor: BigInt(value), unit: { code: '', scale: 0 } });
}

/** As {@link amount}, with its sign: `+50`. */
export function signedAmount(value: Money): Text {
  return formatDelta(value) as Text;
}

/** Names a Discord user; the reader's client shows the name. Ids are digits, so nothing can be smuggled in. */
export function mention(userId: string): Text {
  return (/^\d{1,20}$/.test(userId) ? `<@${userId}>` : untrusted(userId)) as Text;
}

export function roleMention(roleId: string): Text {
  return (/^\d{1,20}$/.test(roleId) ? `<@&${roleId}>` : untrusted(roleId)) as Text;
}

export function channelMention(channelId: string): Text {
  return (/^\d{1,20}$/.test(channelId) ? `<#${channelId}>` : untrusted(channelId)) as Text;
}

/** The link of a message, which the reader's client shows as its channel. What is no such link is shown as it is written. */
export function messageLink(url: string): Text {
  return (parseMessageLink(url) ?? untrusted(url, 20)) as Text;
}

/** A moment in the reader's own language and time zone: `relative` as "3 days ago", `date` as a long date. */
export function moment(at: Date, style: 'relative' | 'date' | 'dateTime' = 'relative'): Text {
  const letter = { relative: 'R', date: 'D', dateTime: 'f' }[style];
  return `<t:${Math.floor(at.getTime() / 1000)}:${letter}>` as Text;
}
