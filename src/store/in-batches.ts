import type { Store } from './connect.ts';

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly settled: PromiseWithResolvers<Answer>;
}

/**
 * Many small questions with few statements: what comes while one statement runs is gathered, and goes together in the next. Nobody waits
 * for a timer, and a single question goes at once. An answer is never older than its question.
 *
 * @param askAll Answers in the order of the questions.
 * @param most How many questions one statement takes.
 */
export function inBatches<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  most = 100,
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = [];
  let asking = false;

  async function drain(): Promise<void> {
    asking = true;
    while (waiting.length > 0) await askTogether(waiting.splice(0, most));
    asking = false;
  }

  /** One bad question must not take the others with it: when they fail together, each is tried alone. */
  async function askTogether(batch: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await askAll(batch.map(({ question }) => question));
      for (const [index, { settled }] of batch.entries()) settled.resolve(answers[index] as Answer);
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) return only.settled.reject(error);
      for (const one of batch) await askTogether([one]);
    }
  }

  return (question) => {
    const settled = Promise.withResolvers<Answer>();
    waiting.push({ question, settled });
    if (!asking) void drain();
    return settled.promise;
  };
}

/** As {@link inBatches}, for what is only written. */
export function writesInBatches<Item>(
  writeAll: (items: readonly Item[]) => Promise<void>,
  most?: number,
): (item: Item) => Promise<void> {
  return inBatches<Item, void>(async (items) => {
    await writeAll(items);
    return items.map(() => undefined);
  }, most);
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
