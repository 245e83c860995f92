/** Words about what accounts have paid. */
import { type Text, text } from '../text.ts';

export const paymentWords = {
  title: (account: Text): Text => text`Payments · ${account}`,
  empty: text`No payments.`,
} as const;
