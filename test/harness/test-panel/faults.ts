import type { PanelFailure } from '../../../src/domain/refusal.ts';
import { type Call, type Effect, PanelError } from '../../../src/panels/panel.ts';

/** How one call goes wrong. */
export type Fault =
  /** The panel says no, and nothing was changed. */
  | { readonly kind: 'refuse'; readonly failure?: PanelFailure; readonly detail?: string }
  /**
   * No answer comes. The panel never acts, has acted already, or acts later, when the test says so (`actLate`). With `hangs` the call
   * ends only when the caller gives it up; without, it fails at once as a client with a time-out of its own would.
   */
  | { readonly kind: 'timeout'; readonly acts: 'never' | 'before' | 'late'; readonly hangs?: true }
  /** As `timeout`, for the one request of the first step that runs: of a change of several, the others are not asked for any more. */
  | { readonly kind: 'lost'; readonly acts: 'never' | 'before' | 'late' }
  /** The answer makes no sense. */
  | { readonly kind: 'malformed'; readonly acts: boolean }
  /** The panel is gone after so many steps of a change that has several. */
  | { readonly kind: 'stop'; readonly afterSteps: number }
  /** The call goes on when this promise is settled, or fails without acting when the caller gives it up before. */
  | { readonly kind: 'wait'; readonly for: Promise<unknown> };

/** One run of a call's work; it stops half way after so many steps. */
export type Act<Result> = (options: {
  readonly late: boolean;
  readonly stopAfterSteps: number | null;
  /** What its first request does, which is not answered; null where it is. */
  readonly lost: 'never' | 'before' | 'late' | null;
}) => Promise<Result>;

const NORMALLY = { late: false, stopAfterSteps: null, lost: null } as const;

/** The faults that wait for the next calls, by the name of the call; those under `any` meet whichever call comes. */
export function createFaults<Name extends string>() {
  const waiting = new Map<Name | 'any', Fault[]>();
  const late: (() => Promise<unknown>)[] = [];

  function take(name: Name): Fault | null {
    return waiting.get(name)?.shift() ?? waiting.get('any')?.shift() ?? null;
  }

  return {
    add(name: Name | 'any', fault: Fault): void {
      waiting.set(name, [...(waiting.get(name) ?? []), fault]);
    },

    /** Carries out what timed out before the panel acted. */
    async actLate(): Promise<void> {
      for (const act of late.splice(0)) await act();
    },

    /** Leaves something to be done by `actLate`. */
    later(act: () => Promise<unknown>): void {
      late.push(() => act().catch(heardByNobody));
    },

    /** Makes one call, as its fault wants it. `effect` is what an unanswered call of this name may have done. */
    async meet<Result>(name: Name, effect: Effect, call: Call, act: Act<Result>): Promise<Result> {
      if (call.signal.aborted) throw new PanelError('timeout', 'none', 'nobody waits for this call any more');
      const fault = take(name);
      switch (fault?.kind) {
        case undefined:
          return act(NORMALLY);
        case 'refuse':
          throw new PanelError(fault.failure ?? 'rejected', 'none', `told to refuse ${name}`, {
            detail: fault.detail ?? null,
          });
        case 'timeout':
          if (fault.acts === 'before') await act(NORMALLY);
          if (fault.acts === 'late') late.push(() => act({ ...NORMALLY, late: true }).catch(heardByNobody));
          if (fault.hangs) await givenUp(call.signal);
          throw new PanelError('timeout', effect, `told not to answer ${name}`);
        case 'lost':
          return act({ ...NORMALLY, lost: fault.acts });
        case 'malformed':
          if (fault.acts) await act(NORMALLY);
          throw new PanelError('malformed', effect, `told to answer ${name} with nonsense`);
        case 'stop':
          return act({ ...NORMALLY, stopAfterSteps: fault.afterSteps });
        case 'wait':
          await Promise.race([fault.for, givenUp(call.signal)]);
          if (call.signal.aborted) throw new PanelError('timeout', effect, `given up while ${name} waited`);
          return act(NORMALLY);
      }
    },
  };
}

/** Whoever asked has long gone: what the panel then refuses is refused to nobody. */
function heardByNobody(error: unknown): void {
  if (!(error instanceof PanelError)) throw error;
}

function givenUp(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
