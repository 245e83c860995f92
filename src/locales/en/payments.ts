/** Words about what accounts have paid. */
import { type Text, text } from '../text.ts';

export const paymentWords = {
  title: (account: Text): Text => text`Payments of ${account}`,
  empty: text`This account has no payments.`,
} as const;
