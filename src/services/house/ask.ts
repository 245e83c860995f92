import { type Call, type Effect, PanelError } from '../../panels/panel.ts';
import { whileWanted } from '../../panels/while-wanted.ts';
import { failedStatement } from '../../store/failed-statement.ts';

/**
 * Asks the store in a panel's place: what goes wrong with it goes wrong as a panel's call does.
 *
 * @param effect What an unanswered statement may have done: `none` for one that only reads.
 */
export async function ask<Result>(call: Call, effect: Effect, run: () => Promise<Result>): Promise<Result> {
  try {
    return await whileWanted(call, effect, run);
  } catch (error) {
    const failed = failedStatement(error);
    if (!failed || !(error instanceof Error)) throw error;
    const kind = failed.why === 'unusable' ? 'rejected' : failed.why;
    throw new PanelError(kind, failed.undone ? 'none' : effect, error.message, { cause: error });
  }
}

/** What is still to be done once the panel was changed: that it fails does not say that nothing was changed. */
export async function afterwards<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    throw new PanelError(error.kind, 'unknown', error.message, { detail: error.detail, cause: error });
  }
}
