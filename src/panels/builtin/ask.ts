import postgres from 'postgres';
import { failedStatement } from '../../store/failed-statement.ts';
import { type Call, type Effect, PanelError } from '../panel.ts';
import { whileWanted } from '../while-wanted.ts';

/**
 * Asks the database on behalf of a caller who may stop waiting. A statement that was sent is not called back: cancelling names
 * a connection, not a statement, and could hit the next one on it.
 *
 * @param effect what an unanswered statement may have done: `none` for one that only reads.
 * @throws PanelError and nothing else, save for faults of our own.
 */
export async function ask<Result>(call: Call, effect: Effect, run: () => Promise<Result>): Promise<Result> {
  try {
    return await whileWanted(call, effect, run);
  } catch (error) {
    throw toPanelError(error, effect);
  }
}

function toPanelError(error: unknown, effect: Effect): unknown {
  const failed = failedStatement(error);
  if (!failed || !(error instanceof Error)) return error;
  const kind = failed.why === 'unusable' ? 'rejected' : failed.why;
  return new PanelError(kind, failed.undone ? 'none' : effect, error.message, { cause: error });
}

/** The unique index that an error names, if it is of that kind. */
export function brokenIndex(error: unknown): string | null {
  return error instanceof postgres.PostgresError && error.code === '23505' ? (error.constraint_name ?? null) : null;
}
