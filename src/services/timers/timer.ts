import type { Transaction } from '../../store/connect.ts';

/** What happens at a later moment, by itself. What it finds then decides whether it still does anything. */
export type Timer =
  /** Tells of a timed suspension that its end is near. */
  | { readonly kind: 'suspension.warn'; readonly operation: number; readonly left: 'day' | 'hour' }
  /** Lifts a timed suspension. */
  | { readonly kind: 'suspension.end'; readonly operation: number }
  /** Deletes an account whose grace has ended. */
  | { readonly kind: 'deletion.due'; readonly operation: number }
  /** Reminds approvers of what waits for them. */
  | { readonly kind: 'approval.remind'; readonly operation: number }
  /** Declines what nobody has approved in time. */
  | { readonly kind: 'approval.end'; readonly operation: number };

/** Lets things happen later, whichever process runs by then. One that is due while none runs happens once one does. */
export interface Timers {
  /** In the transaction of what wants it: both, or neither. May fire more than once: who is fired by it acts by a key of the timer's own. */
  set(transaction: Transaction, timer: Timer, at: Date): Promise<void>;
}
