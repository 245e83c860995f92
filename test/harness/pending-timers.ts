import type { Timer, Timers } from '../../src/services/timers/timer.ts';

/** A timer that was set. */
export interface PendingTimer {
  readonly timer: Timer;
  readonly at: Date;
}

/** Timers that never fire: what was set is remembered, oldest first, for the test to fire by hand. A rollback takes nothing back here. */
export function rememberTimers(): Timers & { readonly pending: readonly PendingTimer[] } {
  const pending: PendingTimer[] = [];
  return {
    pending,
    async set(_transaction, timer, at) {
      pending.push({ timer, at });
    },
  };
}
