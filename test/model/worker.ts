import { pino } from 'pino';
import { Refusal } from '../../src/domain/refusal.ts';
import { panelsOf } from '../../src/panels/registry.ts';
import type { Services } from '../../src/services/context.ts';
import { AnsweredElsewhere } from '../../src/services/operation.ts';
import { accountQueue } from '../../src/services/operations/queue.ts';
import { setTimer } from './database.ts';
import { panelInTurns, storeInTurns } from './in-turns.ts';
import { settingsOf } from './kinds.ts';
import type { Life } from './turns.ts';
import type { World } from './world.ts';

/** A process of the bot. When it is killed, everything that it waits for never comes; what takes its place knows only the store. */
export interface Worker {
  readonly life: Life;
  readonly services: Services;
}

/** Something that a process was asked for, and what it answered. */
export interface Run {
  readonly what: string;
  readonly life: Life;
  /** Null while it runs. */
  answer: string | null;
}

export function startWorker(world: World, name: string): Worker {
  const { base, turns, clock, database, panel, told } = world;
  const life: Life = { name, ended: false, standstill: null };
  const settings = settingsOf(world.settings);
  const services: Services = {
    ...base,
    clock,
    store: storeInTurns(database.store, turns, life),
    panels: panelsOf([panelInTurns(panel.panel, turns, life, clock)]),
    settings: { current: () => settings },
    queue: accountQueue(),
    // Nothing is waited for in real time: who finds an account busy is told so.
    timing: { ...base.timing, busyTimeoutMs: -1 },
    members: { rolesOf: async () => [], roles: async () => [], counts: async () => new Map() },
    timers: { set: setTimer },
    messenger: {
      async tell(_userId, _message, reference) {
        told.push(reference);
        await turns.take(life, 'message');
        return 'arrived';
      },
    },
    log: pino({ level: 'error' }, { write: (line: string) => world.mistakes.push(line) }),
    at: (point) => turns.take(life, point),
  };
  return { life, services };
}

export function freeze({ life }: Worker): void {
  life.standstill ??= Promise.withResolvers();
}

export function wake({ life }: Worker): void {
  life.standstill?.resolve();
  life.standstill = null;
}

/** Sets something off in a process. What it comes to is its answer; an error that is no refusal is a mistake. */
export function setOff(
  world: World,
  worker: Worker,
  what: string,
  work: (services: Services) => Promise<string>,
): void {
  const { turns } = world;
  const run: Run = { what: `${worker.life.name} ${what}`, life: worker.life, answer: null };
  world.runs.push(run);
  work(worker.services).then(
    (answer) => {
      run.answer = answer;
      turns.note(`${run.what}: ${answer}`);
    },
    (error: unknown) => {
      run.answer = answerOf(error);
      turns.note(`${run.what}: ${run.answer}`);
      if (run.answer === 'error') world.mistakes.push(`${run.what}: ${stackOf(error)}`);
    },
  );
}

function answerOf(error: unknown): string {
  if (error instanceof Refusal) return `refused: ${error.code}`;
  return error instanceof AnsweredElsewhere ? 'answered elsewhere' : 'error';
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
