/** What of an operation somebody may know. */
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { panelsInReach } from '../directory/scope.ts';
import { readRecord } from './read.ts';
import type { OperationRecord } from './record.ts';

/** The record of an operation on a panel on which the actor may do anything at all; of others they learn nothing. @throws Refusal `operation.none` */
export async function recordInReach(ctx: Context, number: number): Promise<OperationRecord> {
  const record = await readRecord(ctx, number);
  if (!record || !panelsInReach(ctx).includes(record.panel.id)) throw refuse('operation.none', { number });
  return record;
}

/** For those who may not look at credits. */
export function withoutCredits(record: OperationRecord): OperationRecord {
  return {
    ...record,
    operation: { ...record.operation, delta: null },
    balance: null,
    voucher: null,
    doubt: record.doubt?.why === 'balance' ? { why: 'unclear' } : record.doubt,
    waiting: record.waiting && { ...record.waiting, because: null },
    linked: record.linked.map((operation) => ({ ...operation, delta: null })),
    movements: [],
  };
}
