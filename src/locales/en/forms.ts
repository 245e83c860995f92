import { type Text, text, untrusted } from '../text.ts';

export const formWords = {
  /** Stands above a form's fields: whose account it is about. */
  about: (account: Text, member: Text | null): Text =>
    member === null ? text`For **${account}**` : text`For **${account}** (${member})`,
  /** Of which operation a form is, by its number as it was typed. */
  aboutOperation: (number: string): Text => text`For **#${untrusted(number.replace('#', ''), 20)}**`,
} as const;
