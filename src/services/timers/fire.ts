import type { Services } from '../context.ts';
import type { Timer } from './timer.ts';

/**
 * Does what the timer was set for, if it is still to be done. It may be called more than once for one timer, also at the same time: each case
 * finds out by itself what is left, and acts by a key of the timer's own.
 *
 * @throws Refusal when there is nothing more to do; anything else, and a refusal that passes, is tried again later.
 */
export async function fireTimer(_services: Services, timer: Timer): Promise<void> {
  switch (timer.kind) {
    case 'suspension.warn':
    case 'suspension.end':
    case 'deletion.due':
    case 'approval.remind':
    case 'approval.end':
      throw new Error(`nothing fires ${timer.kind} yet`);
    default:
      throw new Error(`there is no such timer: ${JSON.stringify(timer satisfies never)}`);
  }
}
