import type { Payment, PaymentsAbility } from '../panel.ts';
import type { WirePayment } from './api-types.ts';
import type { Connection } from './connection.ts';
import { timeOf } from './times.ts';
import { requireUser } from './users.ts';

export function paymentsAbility(panel: Connection): PaymentsAbility {
  return {
    async list(accountId, limit, call) {
      const { payments = [] } = await requireUser(panel, accountId, call, 'payments');
      return payments
        .map((payment) => toPayment(panel, payment))
        .sort((left, right) => (right.at?.getTime() ?? 0) - (left.at?.getTime() ?? 0))
        .slice(0, Math.max(0, limit));
    },
  };
}

function toPayment({ timeZone }: Connection, payment: WirePayment): Payment {
  return {
    id: payment.id,
    at: timeOf(payment.created_at, timeZone),
    amount: String(payment.total_price),
    currency: payment.currency_code ?? null,
    status: payment.status,
    product: payment.type ?? null,
  };
}
