/** Finding accounts in directories of growing size: what is typed for autocomplete, and lists. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { type Context, createContext } from '../../src/services/context.ts';
import { completeAccounts } from '../../src/services/directory/complete.ts';
import { listAccounts } from '../../src/services/directory/list.ts';
import { open, type Store } from '../../src/store/connect.ts';
import { type Frequency, fillDirectory, INPUTS, LENGTHS, type Length } from '../directory/people.ts';
import { startServices } from '../grants/steward.ts';
import { OWNER_ID } from '../people.ts';
import type { Bench } from '../stage.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
/** How often each input is looked for; five inputs make one figure. */
const REPEATS = 60;
const WARM_UPS = 3;

export type Way = 'autocomplete' | 'list';

export interface Lookup {
  readonly way: Way;
  readonly frequency: Frequency;
  readonly length: Length;
  /** By the size of the directory: how long each took, in milliseconds. */
  readonly timesMs: ReadonlyMap<number, readonly number[]>;
}

export interface Directories {
  readonly sizes: readonly number[];
  readonly lookups: readonly Lookup[];
}

export async function directory({ options, database, say }: Bench): Promise<Directories> {
  const sizes = SIZES.filter((size) => size <= options.directoryAccounts);
  const lookups = (['autocomplete', 'list'] as const).flatMap((way) =>
    (['common', 'rare'] as const).flatMap((frequency) =>
      LENGTHS.map((length) => ({ way, frequency, length, timesMs: new Map<number, number[]>() })),
    ),
  );
  for (const size of sizes) {
    say(`A directory of ${size.toLocaleString('en')} accounts`);
    const url = await database.freshDatabase();
    const store = open(url, pino({ level: 'warn' }));
    try {
      await store.sql`truncate directory`;
      await fillDirectory(store, size);
      await database.settle(url, 'directory');
      await measure(store, size, lookups);
    } finally {
      await store.close();
    }
  }
  return { sizes, lookups };
}

async function measure(
  store: Store,
  size: number,
  lookups: readonly (Omit<Lookup, 'timesMs'> & { readonly timesMs: Map<number, number[]> })[],
): Promise<void> {
  const services = await startServices(store);
  try {
    for (const { way, frequency, length, timesMs } of lookups) {
      const times: number[] = [];
      for (const typed of INPUTS[frequency][length]) {
        for (let turn = -WARM_UPS; turn < REPEATS; turn += 1) {
          const startedAt = performance.now();
          await WAYS[way](createContext(services, { actor: OWNER, origin: randomUUID() }), typed);
          if (turn >= 0) times.push(performance.now() - startedAt);
        }
      }
      timesMs.set(size, times);
    }
  } finally {
    await services.policy.close();
  }
}

const OWNER = { kind: 'member', userId: OWNER_ID, roleIds: [] } as const;

const WAYS: Readonly<Record<Way, (ctx: Context, typed: string) => Promise<unknown>>> = {
  autocomplete: completeAccounts,
  list: (ctx, query) => listAccounts(ctx, { query }),
};
