/** Who and what a sequence is about, as things are. */
import type { World } from './world.ts';

/** The ids of all accounts that the panel has. */
export function accounts({ panel }: World): readonly string[] {
  const made = panel.journal.filter(({ action, step }) => action === 'create' && step === 'account');
  return ['u-1', 'u-2', 'u-3', ...made.map(({ accountId }) => accountId)];
}

/** Those that the sequence is about, and those that were made in it. */
export function accountsInPlay(world: World): readonly string[] {
  return accounts(world).filter((_, position) => position > 2 || world.cast.accounts.includes(position));
}

export function pick<Item>(items: readonly Item[], which: number): Item | null {
  return items[which % Math.max(1, items.length)] ?? null;
}
