import { type Text, text, untrusted } from '../text.ts';

export const failureWords = {
  correct: 'Correct',
  /** Nothing is promised about what was changed: the account's history says what was. */
  failure: (reference: string): Text =>
    text`Something went wrong on Steward’s side. If you were changing an account, look at its history before you try again. Tell an owner this reference: **${untrusted(reference, 40)}**`,
} as const;
