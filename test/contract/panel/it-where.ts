import { afterAll, describe, it } from 'vitest';

/** What was not asked of the panel that is being declared, by why. */
let left = new Map<string, number>();

/** A test of what not every panel does: it is no part of the contract of a panel that does not. What is left out is told at the end. */
export function itWhere(applies: unknown, otherwise: string): (name: string, run: () => Promise<void>) => void {
  return (name, run) => {
    if (applies) it(name, run);
    else leaveOut(otherwise);
  };
}

/** The same for all that concerns one ability. */
export function describeWhere(applies: unknown, otherwise: string): (name: string, declare: () => void) => void {
  return (name, declare) => {
    if (applies) describe(name, declare);
    else leaveOut(otherwise);
  };
}

function leaveOut(why: string): void {
  left.set(why, (left.get(why) ?? 0) + 1);
}

/** Prints, after the tests of a panel, what was not asked of it, and why. */
export function tellWhatIsLeftOut(panel: string): void {
  const leftOut = left;
  left = new Map();
  if (leftOut.size === 0) return;
  afterAll(() => {
    const reasons = [...leftOut].map(([reason, count]) => `${reason} (${count})`);
    process.stdout.write(`Not asked of ${panel}: ${reasons.join('; ')}.\n`);
  });
}

export const ACTS_TWICE = 'the panel acts twice when asked twice';
export const NO_RECEIPTS = 'the panel keeps no receipt of this';
