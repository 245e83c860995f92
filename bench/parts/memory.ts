/** Whether Steward's memory stays where it is while people use it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../process-usage.ts';
import { type Bench, Stage } from '../stage.ts';
import { type Point, slope } from '../statistics.ts';
import { crediting, viewing } from './loads.ts';

export interface Memory {
  readonly answers: number;
  readonly minutes: number;
  /** Resident bytes (y) by minutes of load (x). */
  readonly samples: readonly Point[];
  /** Of the second half, when caches are full and code is compiled. */
  readonly bytesPerMinute: number;
}

const SAMPLES = 60;

/** Seven people of eight look at their account, and every eighth gives credits. */
export async function memory(bench: Bench): Promise<Memory> {
  const { options } = bench;
  const minutes = options.memoryMs / 60_000;
  bench.say(`Memory under ${minutes} minutes of load`);
  await using stage = await Stage.open(bench, 'steward');
  const atOnce = Math.max(1, Math.round(options.atOnce / 8));
  const loads = [
    stage.run({ ...viewing(options, options.memoryMs), atOnce: options.atOnce - atOnce }),
    stage.run({ ...crediting(options, options.memoryMs), atOnce }),
  ];
  const samples = sample(stage.bot.pid, options.memoryMs);
  const results = await Promise.all(loads);
  const points = await samples;
  return {
    answers: results.reduce((sum, { answers }) => sum + answers, 0),
    minutes,
    samples: points,
    bytesPerMinute: slope(points.slice(points.length >> 1)),
  };
}

async function sample(pid: number, durationMs: number): Promise<Point[]> {
  const points: Point[] = [];
  for (let count = 1; count <= SAMPLES; count += 1) {
    await sleep(durationMs / SAMPLES);
    points.push({ x: (count * durationMs) / SAMPLES / 60_000, y: residentBytes(pid) });
  }
  return points;
}
