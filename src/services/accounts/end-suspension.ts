import { Refusal } from '../../domain/refusal.ts';
import type { Services } from '../context.ts';
import { oweNotice } from '../notices/owe.ts';
import { operate } from '../operation.ts';
import { readBegun } from '../timers/begun.ts';
import { scheduledDeletion } from './scheduled-deletion.ts';
import { UNSUSPEND } from './unsuspend.ts';

const TIMER = {
  name: 'suspensions',
  endedBy: ['account.suspend', 'account.unsuspend', 'account.delete', 'account.restore'],
} as const;

/** Lifts a timed suspension, unless it was lifted or replaced since. @throws Error, Refusal to be tried again */
export async function endSuspension(services: Services, number: number): Promise<void> {
  const begun = await readBegun(services, number, TIMER);
  if (!begun) return;
  const { ctx, target, link } = begun;
  // Where the deletion is called off, the suspension stands again, and ends then.
  if (await scheduledDeletion(services, target)) throw new Error(`#${number}: its account waits for its deletion`);
  try {
    const outcome = await operate(ctx, UNSUSPEND, target, { reason: null }, { link });
    if (outcome.kind !== 'done') throw new Error(`#${number}: it is not known whether its suspension was lifted`);
  } catch (error) {
    // Lifted in the panel, or the account is gone: then there is nothing left to end.
    if (!(error instanceof Refusal) || !NOTHING_LEFT.has(error.code)) throw error;
  }
}

const NOTHING_LEFT: ReadonlySet<Refusal['code']> = new Set([
  'account.not_suspended',
  'target.deleted',
  'target.unknown',
]);

/** Tells the member that their suspension ends soon, if it still will. */
export async function warnOfSuspensionEnd(services: Services, number: number, left: 'day' | 'hour'): Promise<void> {
  const begun = await readBegun(services, number, TIMER);
  const recipientId = begun?.stored.operation.memberId;
  if (!recipientId) return;
  await services.store.sql.begin(async (transaction) => {
    await oweNotice(transaction, { kind: 'member', operation: number, recipientId, content: { left } });
  });
}
