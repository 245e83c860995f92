import { expect, it } from 'vitest';
import { inBatches, writesInBatches } from '../../src/store/in-batches.ts';

it('writes a single one at once, and what comes meanwhile together afterwards', async () => {
  const batches: number[][] = [];
  const { promise: first, resolve: finishFirst } = Promise.withResolvers<void>();
  const write = writesInBatches<number>(async (items) => {
    batches.push([...items]);
    if (batches.length === 1) await first;
  }, 3);
  const writes = [1, 2, 3, 4, 5].map((item) => write(item));
  expect(batches).toEqual([[1]]);
  finishFirst();
  await Promise.all(writes);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
});

it('fails only who is to blame when a batch fails, and goes on', async () => {
  const written: number[] = [];
  const write = writesInBatches<number>(async (items) => {
    if (items.includes(3)) throw new Error('not three');
    written.push(...items);
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map((item) => write(item)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  await write(5);
  expect(written).toEqual([1, 2, 4, 5]);
});

it('tells nobody that it is written before it is', async () => {
  let isWritten = false;
  const write = writesInBatches<number>(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    isWritten = true;
  });
  await write(1);
  expect(isWritten).toBe(true);
});

it('gives each question its own answer', async () => {
  const ask = inBatches<number, string>(async (questions) => questions.map((question) => `${question}!`));
  expect(await Promise.all([1, 2, 3].map((question) => ask(question)))).toEqual(['1!', '2!', '3!']);
});
