/** Sequences that the model has found, each once wrong. */
import fc from 'fast-check';
import { it } from 'vitest';
import type { Fault } from '../harness/test-panel.ts';
import type { Act, Move } from './acts.ts';
import type { DeedName } from './deeds.ts';
import { createStage, playSequence } from './property.ts';
import type { Scene } from './world.ts';

const stage = await createStage();

const SCENE: Scene = {
  kind: {
    ...{ byReference: 'none', creditsBy: 'panel', settleAfterMs: 0 },
    ...{ idempotent: false, annuls: false, suspends: true, notifies: true },
  },
  settings: { approvalsChannelId: null, approvers: 1, graceHours: 0, approvalVerbs: [], repeatWindowMinutes: 0 },
  cast: { deeds: ['grant'], people: [0], accounts: [1] },
};

/** Plays what an owner does with one account. */
async function playStory(deed: DeedName, moves: readonly Move[]): Promise<void> {
  const [scheduler] = fc.sample(fc.scheduler(), { seed: 1, numRuns: 1 });
  if (!scheduler) throw new Error('one was drawn');
  await playSequence(stage, scheduler, { ...SCENE, cast: { ...SCENE.cast, deeds: [deed] } }, moves, () => undefined);
}

/** In the first process, until nothing is left to happen. */
function move(act: Act, changed: Partial<Move> = {}): Move {
  return { act, worker: 0, turns: null, alone: false, ...changed };
}

function doIt(fault: Fault | null = null): Act {
  const choices = { amount: '1', balance: '0', one: false, other: false } as const;
  return { kind: 'do', deed: 0, choices, who: 0, account: 0, fault, pressed: false, goesOn: false };
}

it('what is half done is not stored as failed when a person lets Steward try again and the panel refuses', async () => {
  await playStory('suspend', [
    // Killed before it asks for anything: so the panel stops half way for the second, and refuses whoever goes on with it.
    move(doIt({ kind: 'stop', afterSteps: 1 }), { turns: 0 }),
    move({ kind: 'crash' }),
    move(doIt({ kind: 'refuse', failure: 'rate_limited' }), { worker: 1 }),
    // Too long for Steward to try it by itself.
    move({ kind: 'pass', ms: 25 * 3_600_000 }),
  ]);
});

it('what another process has done is not taken for what was planned before it and lost', async () => {
  await playStory('verify', [
    // Planned, and not stated yet.
    move(doIt(), { turns: 3 }),
    move(doIt(), { worker: 1, alone: true }),
    // Its request is the next one of this name.
    move(doIt({ kind: 'timeout', acts: 'never' })),
  ]);
});
