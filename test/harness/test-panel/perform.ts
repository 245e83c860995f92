import type { Traits } from '../../../src/panels/panel.ts';
import { type Call, type Change, PanelError } from '../../../src/panels/panel.ts';
import type { createFaults } from './faults.ts';
import type { CallName, ChangeName, Effected, ReadName, TestPanelState } from './state.ts';

/** What a change does: `once` for one with a single step, else `step` for each, which gives the id of the account. */
export interface Steps {
  once(run: () => Effected): Effected;
  step(name: string, run: () => Effected): Promise<string>;
}

/** Makes calls as their faults want them, and writes down what they do. */
export function createPerformer(state: TestPanelState, faults: ReturnType<typeof createFaults<CallName>>) {
  /** Does one step and journals it. A panel that acts once by reference remembers the step instead of doing it again. */
  function write({ reference, action, traits }: Doing, step: string | null, run: () => Effected): Effected {
    const key = `${reference}:${step ?? ''}`;
    const earlier = traits.idempotent ? state.steps.get(key) : undefined;
    if (earlier) return earlier;
    const effected = run();
    const { accountId, balance } = effected;
    const deltaMinor = balance ? balance.after.minor - balance.before.minor : null;
    state.journal.push({ reference, action, step, accountId, deltaMinor, at: state.now() });
    state.steps.set(key, effected);
    return effected;
  }

  function assertOwnReference({ reference, action, traits }: Doing, accountId: string | null): void {
    const receipt = traits.idempotent ? state.receipts.get(reference) : undefined;
    if (!receipt || (receipt.action === action && (accountId === null || receipt.accountId === accountId))) return;
    throw new PanelError('conflict', 'none', `the reference ${reference} belongs to another change`);
  }

  return {
    read<Result>(name: ReadName, accountId: string | null, call: Call, act: () => Result): Promise<Result> {
      state.calls.push({ name, accountId });
      return faults.meet(name, 'none', call, async () => act());
    },

    change<Result>(
      action: ChangeName,
      accountId: string | null,
      { traits, change }: { traits: Traits; change: Change },
      act: (steps: Steps) => Promise<{ effected: Effected; result: Result }>,
    ): Promise<Result> {
      state.calls.push({ name: action, accountId });
      const doing = { reference: change.reference, action, traits };
      return faults.meet(action, 'unknown', change, async ({ late, stopAfterSteps, lost }) => {
        assertOwnReference(doing, accountId);
        let done = 0;
        const goOn = () => {
          const effect = done > 0 ? 'partial' : 'none';
          if (done === stopAfterSteps) throw new PanelError('unreachable', effect, `told to stop ${action} half way`);
          if (state.annulled.has(change.reference)) throw new PanelError('timeout', effect, `${action} was annulled`);
          done += 1;
        };
        const lose = (step: string | null, run: () => Effected): never => {
          if (lost === 'before') write(doing, step, run);
          if (lost === 'late')
            faults.later(async () => !state.annulled.has(change.reference) && write(doing, step, run));
          throw new PanelError('timeout', 'unknown', `told not to answer ${action}`);
        };
        const { effected, result } = await act({
          once(run) {
            goOn();
            return lost ? lose(null, run) : write(doing, null, run);
          },
          async step(name, run) {
            goOn();
            const runOnce = async () => (lost ? lose(name, run) : write(doing, name, run).accountId);
            if (!late) return change.step(name, runOnce);
            // What is still on its way is no part that was done before.
            return state.steps.get(`${change.reference}:${name}`)?.accountId ?? runOnce();
          },
        });
        state.receipts.set(change.reference, { ...effected, action });
        return result;
      });
    },
  };
}

interface Doing {
  readonly reference: string;
  readonly action: ChangeName;
  readonly traits: Traits;
}

export type Performer = ReturnType<typeof createPerformer>;
