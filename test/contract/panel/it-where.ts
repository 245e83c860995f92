import { it } from 'vitest';

/** A test of what not every panel does. Where it is left out, the report says why. */
export function itWhere(applies: unknown, otherwise: string): (name: string, run: () => Promise<void>) => void {
  return (name, run) =>
    it(name, async ({ skip }) => {
      skip(!applies, otherwise);
      await run();
    });
}

export const ACTS_TWICE = 'the panel acts twice when asked twice';
export const NO_RECEIPTS = 'the panel keeps no receipt of this';
