import type { Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { oweNotice } from '../notices/owe.ts';
import type { OperationSummary } from '../operations/summary.ts';
import type { NeedsApproval } from './need.ts';

/** Lays an operation before its approvers, in the transaction that stored it: a card now, a reminder at half time, and its end. */
export async function oweApproval(
  ctx: Context,
  transaction: Transaction,
  { number }: OperationSummary,
  { until }: NeedsApproval,
): Promise<void> {
  const now = ctx.clock.now().getTime();
  const half = new Date((now + until.getTime()) / 2);
  await oweNotice(transaction, { kind: 'card', operation: number });
  await oweNotice(transaction, { kind: 'operation', operation: number });
  await ctx.timers.set(transaction, { kind: 'approval.remind', operation: number }, half);
  await ctx.timers.set(transaction, { kind: 'approval.end', operation: number }, until);
}
