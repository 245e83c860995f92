import { type Call, type Effect, PanelError } from './panel.ts';

/**
 * Waits for an answer for as long as the caller does. What was begun is not called back.
 *
 * @param effect What an answer that is not waited for any more may have done: `none` for what only reads.
 * @throws PanelError `timeout`, with effect `none` where nobody waited to begin with.
 */
export async function whileWanted<Result>(
  { signal }: Call,
  effect: Effect,
  run: () => Promise<Result>,
): Promise<Result> {
  if (signal.aborted) throw new PanelError('timeout', 'none', 'nobody waits for this call any more');
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(new PanelError('timeout', effect, 'the caller stopped waiting'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([run(), stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
