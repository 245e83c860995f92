import type { Verdict } from './protocol.ts';

/** An operation of which it is not known how it ended. */
export interface OpenOperation {
  readonly number: number;
  readonly state: 'pending' | 'unknown';
  /** Whether a person is asked. */
  readonly asks: boolean;
}

export interface Comparison {
  /** Whether both books say the same of every account. */
  readonly isEqual: boolean;
  readonly movements: number;
  /** What Steward's ledger sums up to. */
  readonly amount: string;
  /** What the panel's own journal has beyond that. */
  readonly difference: string;
  /** Oldest first. */
  readonly open: readonly OpenOperation[];
}

/** One line: whether the books are equal, and what is open. */
export function verdictOn({ isEqual, movements, amount, difference, open }: Comparison): Verdict {
  const count = movements === 1 ? '1 movement' : `${movements} movements`;
  const newest = open.at(-1);
  if (newest === undefined) {
    return isEqual
      ? { tone: 'equal', says: `Equal: ${count}, ${amount}` }
      : {
          tone: 'different',
          says: `Not equal: the panel's journal has ${difference} beyond the ledger, and nothing is open`,
        };
  }
  const others = open.length === 1 ? '' : `, and ${open.length - 1} more`;
  const says = `#${newest.number} ${openWords(newest)}${others}`;
  return { tone: 'open', says: isEqual ? `${says}. Else equal: ${count}, ${amount}` : says };
}

function openWords({ state, asks }: OpenOperation): string {
  if (asks) return 'asks a person: see #staff';
  return state === 'pending' ? 'is under way' : 'is not known yet: Steward is finding out';
}
