/** Lets the operations of this process on one account go one after the other, in the order they came. */
export interface AccountQueue {
  run<Result>(account: string, work: () => Promise<Result>): Promise<Result>;
}

export function accountQueue(): AccountQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async run(account, work) {
      const before = tails.get(account) ?? Promise.resolve();
      const mine = before.then(work, work);
      const tail = mine.catch(() => undefined);
      tails.set(account, tail);
      try {
        return await mine;
      } finally {
        if (tails.get(account) === tail) tails.delete(account);
      }
    },
  };
}
