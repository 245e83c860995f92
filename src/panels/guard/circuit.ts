import { CircuitState, circuitBreaker, handleWhen, type IBreaker } from 'cockatiel';
import type { PanelFailure } from '../../domain/refusal.ts';
import { PanelError } from '../panel.ts';

/** So many calls in a row without any answer, and the panel is spared. */
const IN_A_ROW = 5;

const SILENCE: readonly PanelFailure[] = ['unreachable', 'timeout'];

export interface Circuit {
  /** While it is open no call gets through but a probe. */
  isOpen(): boolean;
  /**
   * Makes a call, and remembers whether an answer came.
   *
   * @throws PanelError `unreachable` with effect `none` at once while it is open; else what the call throws
   */
  call<Result>(run: () => Promise<Result>): Promise<Result>;
  /** As `call`, but gets through an open circuit as well, and closes it with an answer. One at a time. */
  probe<Result>(run: () => Promise<Result>): Promise<Result>;
}

export interface CircuitEvents {
  /** Also when a probe came to nothing while it was open. */
  opened(failure: PanelFailure): void;
  closed(): void;
}

export function createCircuit(events: CircuitEvents): Circuit {
  const policy = circuitBreaker(handleWhen(isSilence), { halfOpenAfter: 0, breaker: inARow() });
  policy.onBreak((reason) => 'error' in reason && isSilence(reason.error) && events.opened(reason.error.kind));
  policy.onReset(events.closed);
  const isOpen = () => policy.state !== CircuitState.Closed;

  /** An error that is an answer counts as one. */
  async function watched<Result>(run: () => Promise<Result>): Promise<Result> {
    const ended = await policy.execute(async () => {
      try {
        return { result: await run() };
      } catch (error) {
        if (isSilence(error)) throw error;
        return { error };
      }
    });
    if ('error' in ended) throw ended.error;
    return ended.result;
  }

  return {
    isOpen,
    async call(run) {
      if (isOpen()) throw new PanelError('unreachable', 'none', 'the panel has not answered of late, and is spared');
      return watched(run);
    },
    probe: watched,
  };
}

/** No answer came: whatever else a panel says, it is there to say it. */
export function isSilence(error: unknown): error is PanelError {
  return error instanceof PanelError && SILENCE.includes(error.kind);
}

/** One that has never answered is given up at once: nothing speaks for it. */
function inARow(): IBreaker {
  let silent = IN_A_ROW - 1;
  return {
    // It is for circuits that outlive their process.
    state: null,
    success() {
      silent = 0;
    },
    failure() {
      silent += 1;
      return silent >= IN_A_ROW;
    },
  };
}
