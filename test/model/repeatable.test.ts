import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyMoves } from './acts.ts';
import { anyScene, createStage, playSequence, type Stage } from './property.ts';

const SEQUENCES = 15;

/** Every statement, answer, operation and effect of some sequences, in order. */
async function playAll(stage: Stage, seed: number): Promise<readonly string[]> {
  const drawn = fc.sample(fc.tuple(fc.scheduler(), anyScene, anyMoves), { seed, numRuns: SEQUENCES });
  const lines: string[] = [];
  for (const [scheduler, scene, moves] of drawn) {
    await playSequence(stage, scheduler, scene, moves, (line) => lines.push(line));
  }
  return lines;
}

it('a seed plays its sequences again exactly: every turn, operation and effect, on another database', async () => {
  const seed = fc.sample(fc.integer(), 1)[0] ?? 0;
  const first = await playAll(await createStage(), seed);
  const second = await playAll(await createStage(), seed);
  expect(first.length, `seed ${seed}`).toBeGreaterThan(SEQUENCES);
  expect(second, `seed ${seed}`).toEqual(first);
});
