/** One sequence's world: a panel, two processes of the bot on one store, and what was asked of them. */
import type fc from 'fast-check';
import type { Context, Services } from '../../src/services/context.ts';
import type { TestPanel } from '../harness/test-panel.ts';
import { type ModelClock, modelClock } from './clock.ts';
import type { ModelDatabase } from './database.ts';
import type { DeedName } from './deeds.ts';
import { type ModelSettings, type PanelKind, panelOf } from './kinds.ts';
import { LENA } from './people.ts';
import { createTurns, type Turns } from './turns.ts';
import { type Run, startWorker, type Worker } from './worker.ts';

/** What somebody asks for by a command or a press. Delivered once more, it is this very request. */
export interface Request {
  readonly what: string;
  readonly userId: string;
  readonly origin: string;
  readonly press: Context['press'];
  run(ctx: Context): Promise<string>;
}

/** Who and what a sequence is about: the fewer they are, the more they get in each other's way. By position. */
export interface Cast {
  readonly deeds: readonly DeedName[];
  readonly people: readonly number[];
  readonly accounts: readonly number[];
}

/** What is drawn before anything happens. */
export interface Scene {
  readonly kind: PanelKind;
  readonly cast: Cast;
  readonly settings: ModelSettings;
}

/** What somebody finished by hand in the panel, since it had been left half done. */
export interface FinishedByHand {
  /** Of the operation. */
  readonly key: string;
  readonly accountId: string;
  readonly deltaMinor: bigint;
}

export interface World extends Scene {
  readonly database: ModelDatabase;
  /** What the services of a process are made from. */
  readonly base: Services;
  readonly clock: ModelClock;
  readonly turns: Turns;
  readonly panel: TestPanel;
  readonly workers: Worker[];
  readonly requests: Request[];
  readonly runs: Run[];
  /** References under which direct messages were sent. */
  readonly told: string[];
  readonly byHand: FinishedByHand[];
  /** The operations that a person let Steward try again. */
  readonly triedAgain: Set<bigint>;
  /** What may never be: errors that are no refusals, and whatever is logged as an error. */
  readonly mistakes: string[];
  /** When everything that the panel was still to do had been done. */
  landedAt: Date;
}

export async function createWorld(
  database: ModelDatabase,
  base: Services,
  scheduler: fc.Scheduler,
  scene: Scene,
): Promise<World> {
  await database.clear();
  const clock = modelClock(database);
  const panel = panelOf(scene.kind, clock.now);
  const linked = panel.add({ email: 'lena@example.com', username: 'lena', balanceMinor: 10_000n });
  panel.add({ email: 'bo@example.com', username: 'bo', balanceMinor: 40_000n });
  panel.add({ email: 'cy@example.com', username: 'cy', balanceMinor: 40_000n });
  await database.own`
    insert into links (panel, account_id, user_id, proof, created_by)
    values (${panel.panel.id}, ${linked.id}, ${LENA.userId}, 'panel', 'test')`;
  const world: World = {
    ...{ ...scene, database, base, clock, panel },
    turns: createTurns(scheduler),
    ...{ workers: [], requests: [], runs: [], told: [], byHand: [], mistakes: [] },
    triedAgain: new Set(),
    landedAt: clock.now(),
  };
  startMissing(world);
  return world;
}

/** Starts the processes anew that are not there. */
export function startMissing(world: World): void {
  for (const [position, name] of ['A', 'B'].entries()) {
    if (world.workers[position]?.life.ended ?? true) world.workers[position] = startWorker(world, name);
  }
}

/** More than the answers of the panel take in a sequence. */
const MOMENTS_MS = 1_000;

/** Lets time pass. What the panel was told before and may still do, it does while it may. */
export async function pass(world: World, ms: number): Promise<void> {
  const { settleAfterMs, annuls } = world.kind;
  const until = world.clock.now().getTime() + ms + MOMENTS_MS;
  if (!annuls && until >= world.landedAt.getTime() + settleAfterMs) await landLate(world);
  await world.clock.pass(ms);
}

/** The panel does now what it had not answered. */
export async function landLate(world: World): Promise<void> {
  await world.panel.actLate();
  world.landedAt = world.clock.now();
}
