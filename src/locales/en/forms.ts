import { plain, type Text, text, untrusted } from '../text.ts';

export const formWords = {
  /** Stands above a form's fields: whose account it is about, and in which panel, where there are several. */
  about: (account: Text, member: Text | null, panel: string | null = null): Text => {
    const whose = member === null ? text`For **${account}**` : text`For **${account}** (${member})`;
    return panel === null ? whose : text`${whose} in **${untrusted(panel, 40)}**`;
  },
  /** Stands at the top of a form without room for that. */
  titled: (title: string, account: string): string => `${title}: ${plain(account, 40)}`,
  /** One sentence of what a change brings with it, in quiet letters. */
  effect: (sentence: string): Text => text`-# ${untrusted(sentence, 300)}`,
  /** Of which operation a form is, by its number as it was typed. */
  aboutOperation: (number: string): Text => text`For **#${untrusted(number.replace('#', ''), 20)}**`,
} as const;
