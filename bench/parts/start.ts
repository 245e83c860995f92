/** How long a newcomer waits: Steward with nothing but a folder, which makes and starts a database of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Bench, Stage, type StageOptions } from '../stage.ts';

export interface EmbeddedStarts {
  readonly firstMs: readonly number[];
  readonly laterMs: readonly number[];
}

/** PostgreSQL shares the bot's core here, for the bot starts it. */
export async function embeddedStarts(bench: Bench): Promise<EmbeddedStarts> {
  const firstMs: number[] = [];
  const laterMs: number[] = [];
  for (let round = 0; round < bench.options.rounds; round += 1) {
    bench.say(`Embedded start ${round + 1} of ${bench.options.rounds}`);
    const dataDir = await mkdtemp(path.join(tmpdir(), 'steward-bench-start-'));
    try {
      firstMs.push(await startOnce(bench, { dataDir, uncompiled: true }));
      laterMs.push(await startOnce(bench, { dataDir }));
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  return { firstMs, laterMs };
}

async function startOnce(bench: Bench, options: StageOptions): Promise<number> {
  await using stage = await Stage.open(bench, 'steward', { ...options, database: 'embedded' });
  return stage.readyMs;
}
