/** Values as Steward itself would have stored them. */
import type { Account } from '../../src/domain/account.ts';
import { type Money, money } from '../../src/domain/money.ts';
import { UNIT } from '../../src/panels/builtin/fields.ts';
import { toStored } from '../../src/services/json.ts';
import { PANEL } from '../panel.ts';
import type { Asked, Deed } from './movements.ts';
import type { Now, Row } from './write.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What was meant. */
export function inputOf(doing: Deed): object {
  if (!('deltaMinor' in doing)) return { reason: doing.reason };
  const { deltaMinor, reason } = doing;
  return { amount: credits(deltaMinor < 0n ? -deltaMinor : deltaMinor), reason };
}

/** What a movement came to. */
export function moveOf(before: Account, account: Account, deltaMinor: bigint, reason: string): object {
  return { account, delta: credits(deltaMinor), before: before.balance, after: account.balance, reason };
}

const credits = (minor: bigint): Money => money(minor, UNIT);

/** The account as its panel would show it at this moment. */
export function accountOf({ customer, status, balanceMinor }: Now, nowMs: number): Account {
  return {
    panel: PANEL.id,
    id: String(customer.id),
    email: customer.email,
    username: customer.username,
    name: customer.name,
    status,
    roles: [customer.role],
    administrator: customer.role === 'administrator',
    verified: customer.verified,
    balance: credits(balanceMinor),
    discordId: null,
    createdAt: new Date(nowMs - customer.createdDaysAgo * DAY_MS),
    details: {},
  };
}

/** What an intent holds beside, that waits for an approval. */
export function waiting({ limitMinor }: Asked, at: Date): Row {
  const because = { code: 'policy.over_act', parameters: { limit: credits(limitMinor) } };
  return {
    state: 'awaiting_approval',
    approval_because: toStored(because),
    approvals_needed: 1,
    due_at: new Date(at.getTime() + DAY_MS),
  };
}
