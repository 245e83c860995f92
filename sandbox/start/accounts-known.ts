import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../src/store/connect.ts';

/** How long the bot may take to read the first accounts, in milliseconds; later than that one opens the page without. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** Resolves when Steward knows accounts of each of the panels, which it reads from them by and by. */
export async function accountsAreKnown({ sql }: Store, panels: readonly string[]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const known = await sql`select distinct panel from directory where panel = any(${[...panels]})`;
    if (known.length === panels.length) return;
    await sleep(LOOK_AGAIN_MS);
  }
}
