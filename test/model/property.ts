import fc from 'fast-check';
import { it, vi } from 'vitest';
import type { Services } from '../../src/services/context.ts';
import { testServices } from '../harness/services.ts';
import { anyCast, anyMoves, type Move } from './acts.ts';
import { expectBooks } from './books.ts';
import { type ModelDatabase, modelDatabase } from './database.ts';
import { anyPanelKind, anySettings } from './kinds.ts';
import { grantAll } from './people.ts';
import { play } from './play.ts';
import { bringToRest } from './rest.ts';
import { transcriptOf } from './transcript.ts';
import { createWorld, type Scene, type World } from './world.ts';

/** Where sequences are played: a database of their own, with grants. */
export interface Stage {
  readonly database: ModelDatabase;
  readonly base: Services;
}

export async function createStage(): Promise<Stage> {
  const database = await modelDatabase();
  const base = await testServices(database.store, { panels: [] });
  await database.clear();
  await grantAll(base);
  // Grants stay as they are: what is known of them does not grow old.
  const snapshot = base.policy.current();
  return { database, base: { ...base, policy: { ...base.policy, current: () => snapshot } } };
}

export const anyScene: fc.Arbitrary<Scene> = fc.record({ kind: anyPanelKind, settings: anySettings, cast: anyCast });

/** Plays one sequence until everything is at rest, and looks whether all is as it must be. */
export async function playSequence(
  { database, base }: Stage,
  scheduler: fc.Scheduler,
  scene: Scene,
  moves: readonly Move[],
  tell: (line: string) => void,
): Promise<World> {
  const world = await createWorld(database, base, scheduler, scene);
  try {
    for (const move of moves) await play(world, move);
    await bringToRest(world);
    await expectBooks(world);
    return world;
  } finally {
    vi.unstubAllGlobals();
    for (const line of await transcriptOf(world)) tell(line);
  }
}

/** How many sequences a file plays. */
const SEQUENCES = Number(process.env.MODEL_SEQUENCES ?? 250);
/** Far longer than they take: one that fails is made shorter first, and only then told. */
const TIMEOUT_MS = Math.max(600_000, SEQUENCES * 400);

/**
 * The test of one file. It prints the seed and the path of a sequence that fails; `MODEL_SEED` and `MODEL_PATH` play that one again, in
 * whichever file.
 */
export function testSequences(): void {
  it('whatever happens in whatever order, the books are right and everything ends or asks', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const stage = await createStage();
    const property = fc.asyncProperty(
      fc.scheduler(),
      anyScene,
      anyMoves,
      fc.context(),
      async (scheduler, scene, moves, told) => {
        await playSequence(stage, scheduler, scene, moves, (line) => told.log(line));
      },
    );
    const { MODEL_SEED: seed, MODEL_PATH: path } = process.env;
    await fc.assert(property, {
      numRuns: SEQUENCES,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
      ...(path === undefined ? {} : { path, endOnFailure: true }),
    });
  });
}
