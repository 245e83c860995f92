import { carryOutDeletion } from '../accounts/carry-out-deletion.ts';
import { endSuspension, warnOfSuspensionEnd } from '../accounts/end-suspension.ts';
import { expireApproval, remindOfApproval } from '../approvals/decline.ts';
import type { Services } from '../context.ts';
import type { Timer } from './timer.ts';

/**
 * Does what the timer was set for, if it is still to be done. It may be called more than once for one timer, also at the same time: each case
 * finds out by itself what is left, and acts by a key of the timer's own.
 *
 * @throws Refusal when there is nothing more to do; anything else, and a refusal that passes, is tried again later.
 */
export async function fireTimer(services: Services, timer: Timer): Promise<void> {
  const { operation } = timer;
  switch (timer.kind) {
    case 'suspension.warn':
      return warnOfSuspensionEnd(services, operation, timer.left);
    case 'suspension.end':
      return endSuspension(services, operation);
    case 'deletion.due':
      return carryOutDeletion(services, operation);
    case 'approval.remind':
      return remindOfApproval(services, operation);
    case 'approval.end':
      return expireApproval(services, operation);
    default:
      throw new Error(`there is no such timer: ${JSON.stringify(timer satisfies never)}`);
  }
}
