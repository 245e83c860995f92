import { type Text, text } from '../text.ts';

export const formWords = {
  /** Stands above a form's fields: whose account it is about. */
  about: (account: Text, member: Text | null): Text =>
    member === null ? text`For **${account}**` : text`For **${account}** (${member})`,
} as const;
