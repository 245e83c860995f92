import { type Money, money } from '../../domain/money.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Services } from '../context.ts';
import { readRecord } from './read.ts';
import type { OperationRecord } from './record.ts';

/** What a card in the channel for approvals lays before people. */
export interface OperationCard {
  readonly record: OperationRecord;
  /** The account's balance as it was last seen; null where none is kept. */
  readonly balance: Money | null;
  /** The role that is mentioned; null: nobody is. */
  readonly alertRoleId: string | null;
}

/** Reads the card of an operation. Asks nobody whether they may see it. @throws Refusal `operation.none` */
export async function readCard(services: Services, number: number): Promise<OperationCard> {
  const record = await readRecord(services, number);
  if (!record) throw refuse('operation.none', { number });
  const { alertRoleId } = services.settings.current();
  return { record, balance: await lastBalance(services, record), alertRoleId };
}

/** As the directory has it: whoever decides looks at the account anyway. */
async function lastBalance({ store }: Services, { operation }: OperationRecord): Promise<Money | null> {
  const { target, delta } = operation;
  if (target === null || delta === null) return null;
  const [row] = await store.sql<{ balance_minor: bigint }[]>`
    select balance_minor from directory
    where panel = ${target.panel} and account_id = ${target.accountId} and balance_minor is not null`;
  return row ? money(row.balance_minor, delta.unit) : null;
}
