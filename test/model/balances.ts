/** That the ledger says of every account what its panel says. */
import { expect } from 'vitest';
import { accountsInPlay } from './cast.ts';
import type { OperationRow } from './truth.ts';
import type { World } from './world.ts';

interface LedgerRow {
  readonly account_id: string;
  readonly all: bigint;
  readonly ours: bigint;
  /** What others moved, up and down taken together. */
  readonly outside: bigint;
}

interface Sums {
  readonly accountId: string;
  readonly all: bigint;
  readonly ours: bigint;
  readonly succeeded: bigint;
}

/** The sum of all entries is the balance; the sum of ours is what succeeded, and what the panel's journal has of ours. */
export async function expectBalances(world: World, operations: readonly OperationRow[]): Promise<void> {
  const rows = await world.database.own<LedgerRow[]>`
    select account_id, sum(delta_minor)::bigint as all,
      coalesce(sum(delta_minor) filter (where kind = 'ours'), 0)::bigint as ours,
      coalesce(sum(abs(delta_minor)) filter (where kind = 'outside'), 0)::bigint as outside
    from ledger group by account_id`;
  const rowOf = (accountId: string) => rows.find(({ account_id }) => account_id === accountId);
  const said = accountsInPlay(world).map((accountId): Sums => {
    const { all, ours } = rowOf(accountId) ?? { all: 0n, ours: 0n };
    return { accountId, all, ours, succeeded: ours };
  });
  expect(said).toEqual(accountsInPlay(world).map((accountId) => trueSums(world, operations, accountId)));
  for (const accountId of accountsInPlay(world)) {
    // The credits of an account that is not known yet to be made by us are somebody else's until it is.
    if (operations.some(({ account_id, verb }) => account_id === accountId && verb === 'account.create')) continue;
    const most = movedByOthers(world, accountId);
    expect(rowOf(accountId)?.outside ?? 0n, `said to be moved by others on ${accountId}`).toBeLessThanOrEqual(most);
  }
}

function trueSums({ panel, byHand }: World, operations: readonly OperationRow[], accountId: string): Sums {
  const journal = panel.journal.filter((entry) => entry.accountId === accountId && entry.reference !== null);
  const finished = byHand.filter((entry) => entry.accountId === accountId);
  const succeeded = operations.filter(({ account_id, state }) => account_id === accountId && state === 'succeeded');
  return {
    accountId,
    all: panel.read(accountId).balance?.minor ?? 0n,
    ours: sum([...journal, ...finished].map(({ deltaMinor }) => deltaMinor)),
    succeeded: sum(succeeded.map(({ delta_minor }) => delta_minor)),
  };
}

/** The balance that the account began with, and every later movement that is not ours. */
function movedByOthers({ panel }: World, accountId: string): bigint {
  const journal = panel.journal.filter((entry) => entry.accountId === accountId);
  const now = panel.read(accountId).balance?.minor ?? 0n;
  const begun = now - sum(journal.map(({ deltaMinor }) => deltaMinor));
  const later = journal
    .filter(({ reference }) => reference === null)
    .map(({ deltaMinor }) => absolute(deltaMinor ?? 0n));
  return begun + sum(later);
}

function sum(amounts: readonly (bigint | null)[]): bigint {
  return amounts.reduce<bigint>((all, one) => all + (one ?? 0n), 0n);
}

function absolute(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
