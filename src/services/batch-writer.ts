import type { Store } from '../store/connect.ts';

/**
 * Writes many small things with few statements: what comes while one write runs is gathered and goes together in the next. Nobody waits
 * for a timer; a single one goes at once.
 */
export interface BatchWriter<Item> {
  /** Resolves when the item is written; rejects when it could not be, even by itself. */
  write(item: Item): Promise<void>;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly settled: PromiseWithResolvers<void>;
}

/** @param most How many items one statement takes. */
export function createBatchWriter<Item>(
  writeAll: (items: readonly Item[]) => Promise<void>,
  most = 100,
): BatchWriter<Item> {
  const waiting: Waiting<Item>[] = [];
  let writing = false;

  async function drain(): Promise<void> {
    writing = true;
    while (waiting.length > 0) await writeTogether(waiting.splice(0, most));
    writing = false;
  }

  /** One bad item must not take the others with it: when they fail together, each is tried alone. */
  async function writeTogether(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await writeAll(batch.map(({ item }) => item));
      for (const { settled } of batch) settled.resolve();
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) return only.settled.reject(error);
      for (const one of batch) await writeTogether([one]);
    }
  }

  return {
    write(item) {
      const settled = Promise.withResolvers<void>();
      waiting.push({ item, settled });
      if (!writing) void drain();
      return settled.promise;
    },
  };
}

/** One value for each store, made when it is first asked for. */
export function perStore<Value>(create: (store: Store) => Value): (parts: { readonly store: Store }) => Value {
  const made = new WeakMap<Store, Value>();
  return ({ store }) => {
    const known = made.get(store);
    if (known !== undefined) return known;
    const value = create(store);
    made.set(store, value);
    return value;
  };
}
