import { vi } from 'vitest';
import type { Clock } from '../../src/services/context.ts';
import { type ModelDatabase, START } from './database.ts';

/** Time as the model has it: it stands still, for the services, the database and `performance.now()` alike, until it is told to pass. */
export interface ModelClock extends Clock {
  pass(ms: number): Promise<void>;
}

/** One that stands at {@link START}, as a cleared database does. */
export function modelClock({ own }: ModelDatabase): ModelClock {
  let at = START.getTime();
  vi.stubGlobal('performance', { now: () => at });
  return {
    now: () => new Date(at),
    async pass(ms) {
      at += ms;
      await own`update model.clock set at = ${new Date(at)}`;
    },
  };
}
