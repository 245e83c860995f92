/**
 * Answers that outlive the process. One that takes long, and each that tells of an operation, is kept sealed until it is given; when
 * this process dies in between, the next one finishes it.
 */
import type { Logger } from 'pino';
import { type AbandonedAnswer, adoptAnswers, adoptedAnswers, isOwed } from '../services/answers/adopt.ts';
import { oweAnswer } from '../services/answers/owe.ts';
import { createSeal } from '../services/answers/seal.ts';
import { leaveAnswers, settleAnswer } from '../services/answers/settle.ts';
import type { Context, Services } from '../services/context.ts';
import type { OptionValues } from '../views/view.ts';
import type { Intent } from './intent.ts';
import type { ActInteraction } from './payload.ts';
import type { Deferral } from './replies.ts';

export interface OwedTiming {
  /** An answer that is not given by then is kept. */
  readonly keepAfterMs: number;
  /** How often this process says that it lives, and looks for what others left behind. */
  readonly lookMs: number;
  /** A process that has not been heard of for so long is gone. */
  readonly abandonedAfterMs: number;
}

export const OWED_TIMING: OwedTiming = { keepAfterMs: 250, lookMs: 5_000, abandonedAfterMs: 15_000 };

/** All that is needed to finish an answer somewhere else. */
export interface OwedRun {
  readonly deferral: Deferral;
  readonly interaction: ActInteraction;
  readonly command: string;
  readonly given: OptionValues;
  readonly intent: Pick<Intent, 'answer' | 'again' | 'origin' | 'press' | 'inherits' | 'emptied' | 'audience'>;
}

/** One answer in the making. */
export interface Owing {
  /** Keeps the answer with an operation's intent, in its transaction. */
  readonly keep: NonNullable<Context['owe']>;
  /** The answer is given, or never will be. */
  settle(): void;
  /**
   * It is given later: when the operation that somebody else works on has ended, or when Discord takes answers again. Nothing when somebody
   * else owes this very answer.
   */
  postpone(operationKey: string | null): Promise<void>;
}

/** Gives an answer that was left behind; false when it must be tried again. */
export type FinishOwed = (run: OwedRun, operation: AbandonedAnswer['operation']) => Promise<boolean>;

export interface OwedAnswers {
  owing(run: OwedRun): Owing;
  /** Looks for what others left behind, at once and from then on; `finish` gives the answer. */
  watch(finish: FinishOwed): void;
  /** Ends the watch, waits no longer than the given time for what it is giving, and leaves what is still owed to whoever comes next. */
  stop(withinMs: number): Promise<void>;
}

/** @param owner Names this process among all that were ever started. */
export function createOwedAnswers(
  services: Services,
  options: { readonly secretKey: string; readonly owner: string; readonly timing: OwedTiming },
): OwedAnswers {
  const { owner, timing } = options;
  const seal = createSeal(options.secretKey, 'steward owed answers');
  const log: Logger = services.log;
  /** Interactions that this process answers itself. */
  const working = new Set<string>();
  /** Those that it has given, while the store has not been told. */
  const given = new Set<string>();
  const ending = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let look: Promise<void> = Promise.resolve();

  const failed = (what: string) => (error: unknown) => log.warn({ error }, what);

  function sealed(run: OwedRun): Uint8Array {
    return seal.seal(JSON.stringify(run), run.interaction.id);
  }

  function owing(run: OwedRun): Owing {
    const interactionId = run.interaction.id;
    const row = (operationKey: string | null) => ({ interactionId, sealed: sealed(run), operationKey, owner });
    let kept: Promise<void> | null = null;
    let postponed = false;
    working.add(interactionId);
    const keepTimer = setTimeout(() => {
      kept ??= oweAnswer(services.store.sql, row(null)).catch(failed('an answer could not be kept'));
    }, timing.keepAfterMs);
    return {
      keep(transaction, operationKey) {
        const done = oweAnswer(transaction, row(operationKey));
        kept = done.catch(() => undefined);
        return done;
      },
      async postpone(operationKey) {
        postponed = true;
        clearTimeout(keepTimer);
        await kept;
        await oweAnswer(services.store.sql, row(operationKey)).catch(failed('an answer could not be postponed'));
        working.delete(interactionId);
      },
      settle() {
        clearTimeout(keepTimer);
        if (postponed) return;
        if (!kept) {
          working.delete(interactionId);
          return;
        }
        given.add(interactionId);
        const settled = kept
          .then(() => settleGiven(interactionId))
          .catch(failed('a given answer could not be settled yet'))
          .finally(() => {
            working.delete(interactionId);
            ending.delete(settled);
          });
        ending.add(settled);
      },
    };
  }

  async function settleGiven(interactionId: string): Promise<void> {
    await settleAnswer(services, interactionId, owner);
    given.delete(interactionId);
  }

  async function finishAbandoned(finish: FinishOwed): Promise<void> {
    for (const interactionId of await adoptAnswers(services, owner, timing.abandonedAfterMs)) {
      log.warn({ interactionId }, 'an answer could not be given in time');
    }
    for (const interactionId of [...given]) await settleGiven(interactionId);
    for (const answer of await adoptedAnswers(services, owner, [...working])) {
      if (!timer) return;
      const { interactionId } = answer;
      // While it looked, this process may have begun to answer somebody itself.
      if (answer.operation?.state === 'pending' || working.has(interactionId)) continue;
      working.add(interactionId);
      try {
        // Or have done so by now.
        if (!(await isOwed(services, interactionId, owner))) continue;
        const run = opened(answer);
        if (run === null || (await finish(run, answer.operation))) await settleAnswer(services, interactionId, owner);
      } catch (error) {
        log.warn({ error, interactionId }, 'an answer that was left behind could not be given yet');
      } finally {
        working.delete(interactionId);
      }
    }
  }

  /** Null for what was sealed with another key, which nobody can give any more. */
  function opened({ sealed, interactionId }: AbandonedAnswer): OwedRun | null {
    try {
      return JSON.parse(seal.open(sealed, interactionId)) as OwedRun;
    } catch (error) {
      log.warn({ error, interactionId }, 'an answer that was left behind could not be read');
      return null;
    }
  }

  return {
    owing,
    watch(finish) {
      const once = () => {
        look = finishAbandoned(finish).catch(failed('the answers left behind could not be looked for'));
        return look;
      };
      const next = () => {
        timer = setTimeout(() => void once().then(() => timer && next()), timing.lookMs);
      };
      next();
      void once();
    },
    async stop(withinMs) {
      if (timer) clearTimeout(timer);
      timer = null;
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const patience = setTimeout(resolve, withinMs);
      await Promise.race([look.then(() => Promise.all(ending)), late]);
      clearTimeout(patience);
      await leaveAnswers(services, owner).catch(failed('owed answers could not be left to the next process'));
    },
  };
}
