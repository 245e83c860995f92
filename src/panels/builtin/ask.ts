import postgres from 'postgres';
import { type Call, type Effect, PanelError } from '../panel.ts';

/** Codes of Node and postgres.js for a statement that was never sent: there was no connection to send it on. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'CONNECT_TIMEOUT', 'CONNECTION_ENDED']);

/** SQLSTATE of a statement that ran into its time limit. */
const QUERY_CANCELED = '57014';

/**
 * Asks the database on behalf of a caller who may stop waiting. A statement that was sent is not called back: cancelling names
 * a connection, not a statement, and could hit the next one on it.
 *
 * @param effect what an unanswered statement may have done: `none` for one that only reads.
 * @throws PanelError and nothing else, save for faults of our own.
 */
export async function ask<Result>(call: Call, effect: Effect, run: () => Promise<Result>): Promise<Result> {
  if (call.signal.aborted) throw new PanelError('timeout', 'none', 'nobody waits for this call any more');
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(new PanelError('timeout', effect, 'the caller stopped waiting'));
  call.signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([run(), stopped.promise]);
  } catch (error) {
    throw toPanelError(error, effect);
  } finally {
    call.signal.removeEventListener('abort', stop);
  }
}

function toPanelError(error: unknown, effect: Effect): unknown {
  if (error instanceof PanelError || !(error instanceof Error)) return error;
  if (error instanceof postgres.PostgresError) return ofDatabase(error, effect);
  if (!('code' in error) || typeof error.code !== 'string') return error;
  const none = NEVER_SENT.has(error.code);
  return new PanelError('unreachable', none ? 'none' : effect, error.message, { cause: error });
}

/** An error that PostgreSQL reports rolls its statement back. Above `ERROR` the connection ended too, at a point that is not known. */
function ofDatabase(error: postgres.PostgresError, effect: Effect): PanelError {
  if (error.severity !== 'ERROR') return new PanelError('unreachable', effect, error.message, { cause: error });
  if (error.code === QUERY_CANCELED) return new PanelError('timeout', 'none', error.message, { cause: error });
  const unusable = error.code.startsWith('22') || error.code.startsWith('23');
  return new PanelError(unusable ? 'rejected' : 'unreachable', 'none', error.message, { cause: error });
}

/** The unique index that an error names, if it is of that kind. */
export function brokenIndex(error: unknown): string | null {
  return error instanceof postgres.PostgresError && error.code === '23505' ? (error.constraint_name ?? null) : null;
}
