import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { repeat } from '../../src/jobs/repeat.ts';

const silent = pino({ level: 'silent' });

test('a job runs again and again, never beside itself, and goes on after a failure', async () => {
  let beside = 0;
  let most = 0;
  const run = vi.fn(async () => {
    beside += 1;
    most = Math.max(most, beside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    beside -= 1;
    throw new Error('this run failed');
  });
  const job = repeat({ name: 'sample', pauseMs: 1, run }, silent);
  await expect.poll(() => run.mock.calls.length).toBeGreaterThan(2);
  await job.stop(1_000);
  expect(most).toBe(1);
});

test('stopping waits for the run that is under way, and there is no further one', async () => {
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  let ended = 0;
  const run = vi.fn(async () => {
    await hold;
    ended += 1;
  });
  const job = repeat({ name: 'sample', pauseMs: 1, run }, silent);
  const stopped = job.stop(1_000).then(() => ended);
  release();
  expect(await stopped).toBe(1);
  expect(run).toHaveBeenCalledTimes(1);
});
