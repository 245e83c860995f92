import { paymentWords } from '../locales/en/payments.ts';
import { join, moment, type Text, text, untrusted } from '../locales/text.ts';
import { type NamedAccount, titleOf } from './account-card.ts';
import { fitRows, heading, paragraph, subtext } from './parts.ts';
import type { View } from './view.ts';

/** One payment, as the panel says it. */
export interface PaymentFacts {
  readonly at: Date | null;
  readonly amount: string;
  readonly currency: string | null;
  readonly status: string;
  readonly product: string | null;
}

/** The last payments of an account, the latest first. */
export function paymentsView(list: {
  readonly account: NamedAccount;
  readonly payments: readonly PaymentFacts[];
}): View<'private'> {
  const { account, payments } = list;
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(heading(paymentWords.title(titleOf(account)))),
      paragraph(payments.length === 0 ? subtext(paymentWords.empty) : fitRows(payments, paymentLine)),
    ],
  };
}

/** `9.99 EUR · Booster · paid · 3 days ago` */
function paymentLine({ at, amount, currency, status, product }: PaymentFacts, limit: number): Text {
  return join([
    text`**${untrusted(currency === null ? amount : `${amount} ${currency}`, 30)}**`,
    product === null ? null : untrusted(product, limit),
    untrusted(status, 20),
    at === null ? null : moment(at),
  ]);
}
