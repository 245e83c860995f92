/** Operations a second through everything that Steward does for one, beside the same rows written by bare SQL. */
import { pino } from 'pino';
import { sealAudit } from '../../src/services/audit/seal.ts';
import { open, type Store } from '../../src/store/connect.ts';
import { type Grant, grantByBareSql } from '../grants/bare.ts';
import { grantThroughSteward, startServices } from '../grants/steward.ts';
import { CROWD } from '../people.ts';
import type { Bench } from '../stage.ts';

/** Of which each of those who give at once has the same share. */
const ACCOUNTS_EACH = 16;

export interface Operations {
  /** Grants a second of each round, to different accounts. */
  readonly bare: readonly number[];
  readonly many: readonly number[];
  /** All to one account, which go one after the other; and the same by bare SQL. */
  readonly bareOne: readonly number[];
  readonly one: readonly number[];
  /** Audit rows sealed a second, of those that the rounds left. */
  readonly sealed: number;
}

export async function operations({ options, database, say }: Bench): Promise<Operations> {
  const store = open(await database.freshDatabase(), pino({ level: 'warn' }));
  const services = await startServices(store);
  try {
    const bare = (grant: Grant) => grantByBareSql(store.sql, grant);
    const steward = (grant: Grant) => grantThroughSteward(services, grant);
    const run = (give: typeof bare, accounts: number, atOnce: number) =>
      grantsPerSecond(give, { accounts, atOnce, forMs: options.measureMs });
    const accounts = ACCOUNTS_EACH * options.atOnce;
    for (const give of [bare, steward]) {
      await grantsPerSecond(give, { accounts, atOnce: options.atOnce, forMs: options.warmUpMs });
    }
    const rounds = { bare: [] as number[], many: [] as number[], bareOne: [] as number[], one: [] as number[] };
    for (let round = 0; round < options.rounds; round += 1) {
      say(`Round ${round + 1} of ${options.rounds}: operations`);
      rounds.bare.push(await run(bare, accounts, options.atOnce));
      rounds.many.push(await run(steward, accounts, options.atOnce));
      rounds.bareOne.push(await run(bare, 1, 1));
      rounds.one.push(await run(steward, 1, options.atOnce));
    }
    return { ...rounds, sealed: await sealedPerSecond(services) };
  } finally {
    await services.policy.close();
    await store.close();
  }
}

async function grantsPerSecond(
  give: (grant: Grant) => Promise<void>,
  { accounts, atOnce, forMs }: { readonly accounts: number; readonly atOnce: number; readonly forMs: number },
): Promise<number> {
  const startedAt = performance.now();
  let given = 0;
  const giver = async (first: number) => {
    // Each has accounts of their own, so that nobody meets a grant that is still under way.
    for (let turn = first; performance.now() - startedAt < forMs; turn += atOnce) {
      await give(grantOf(turn, accounts));
      given += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, first) => giver(first)));
  return (given / (performance.now() - startedAt)) * 1_000;
}

const holders = CROWD.flatMap(({ account }) => (account === null ? [] : [String(account.id)]));
const staff = CROWD.filter(({ group }) => group === 'staff').map(({ userId }) => userId);

function grantOf(turn: number, accounts: number): Grant {
  return { actorId: staff[turn % staff.length] ?? '', accountId: holders[turn % accounts] ?? '' };
}

async function sealedPerSecond(services: { readonly store: Store } & Parameters<typeof sealAudit>[0]): Promise<number> {
  const startedAt = performance.now();
  let sealed = 0;
  for (let batch = await sealAudit(services); batch > 0; batch = await sealAudit(services)) sealed += batch;
  return (sealed / (performance.now() - startedAt)) * 1_000;
}
