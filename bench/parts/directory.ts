/** Finding accounts in directories of growing size, beside the search that their panel has itself. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { type Context, createContext } from '../../src/services/context.ts';
import { completeAccounts } from '../../src/services/directory/complete.ts';
import { listAccounts } from '../../src/services/directory/list.ts';
import { open } from '../../src/store/connect.ts';
import { type Frequency, fillDirectory, INPUTS, LENGTHS, type Length } from '../directory/people.ts';
import { RemotePanel } from '../directory/remote-panel.ts';
import { startServices } from '../grants/steward.ts';
import { OWNER_ID } from '../people.ts';
import type { Bench } from '../stage.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
/** How often each input is looked for, of which five make one figure. The panel's own search takes its time. */
const REPEATS = { autocomplete: 60, list: 60, panel: 6 } as const;
const WARM_UPS = 3;
/** What CtrlPanel.gg allows. */
const REQUESTS_PER_MINUTE = 60;

export type Way = keyof typeof REPEATS;

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
  /** How many of a hundred searches in a row a panel answers that keeps to its limit; the rest it refuses. */
  readonly answeredOfHundred: number;
}

type Measured = Omit<Lookup, 'timesMs'> & { readonly timesMs: Map<number, readonly number[]> };
type Find = (typed: string) => Promise<unknown>;

export async function directory({ options, database, say }: Bench): Promise<Directories> {
  const sizes = SIZES.filter((size) => size <= options.directoryAccounts);
  const lookups: readonly Measured[] = (['autocomplete', 'list', 'panel'] as const).flatMap((way) =>
    (['common', 'rare'] as const).flatMap((frequency) =>
      LENGTHS.map((length) => ({ way, frequency, length, timesMs: new Map() })),
    ),
  );
  for (const size of sizes) {
    say(`A directory of ${size.toLocaleString('en')} accounts`);
    await measureDirectory(database, size, lookups);
    await using panel = await RemotePanel.start(size);
    await measure(size, ofWay(lookups, 'panel'), (typed) => panel.search(typed));
  }
  return { sizes, lookups, answeredOfHundred: await answeredOfHundred() };
}

async function measureDirectory(
  database: Bench['database'],
  size: number,
  lookups: readonly Measured[],
): Promise<void> {
  const url = await database.freshDatabase();
  const store = open(url, pino({ level: 'warn' }));
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.defer(() => store.close());
  await store.sql`truncate directory`;
  await fillDirectory(store, size);
  await database.settle(url, 'directory');
  const services = await startServices(store);
  cleanUp.defer(() => services.policy.close());
  const as = (find: (ctx: Context, typed: string) => Promise<unknown>): Find => {
    const actor = { kind: 'member', userId: OWNER_ID, roleIds: [] } as const;
    return (typed) => find(createContext(services, { actor, origin: randomUUID() }), typed);
  };
  await measure(size, ofWay(lookups, 'autocomplete'), as(completeAccounts));
  await measure(
    size,
    ofWay(lookups, 'list'),
    as((ctx, query) => listAccounts(ctx, { query })),
  );
}

const ofWay = (lookups: readonly Measured[], wanted: Way) => lookups.filter(({ way }) => way === wanted);

async function measure(size: number, lookups: readonly Measured[], find: Find): Promise<void> {
  for (const { way, frequency, length, timesMs } of lookups) {
    const times: number[] = [];
    for (const typed of INPUTS[frequency][length]) {
      for (let turn = -WARM_UPS; turn < REPEATS[way]; turn += 1) {
        const startedAt = performance.now();
        await find(typed);
        if (turn >= 0) times.push(performance.now() - startedAt);
      }
    }
    timesMs.set(size, times);
  }
}

/** Five people who type twenty characters each, within seconds. */
async function answeredOfHundred(): Promise<number> {
  await using panel = await RemotePanel.start(1_000, REQUESTS_PER_MINUTE);
  let answered = 0;
  for (let turn = 0; turn < 100; turn += 1) {
    if ((await panel.search('mar')) === 200) answered += 1;
  }
  return answered;
}
