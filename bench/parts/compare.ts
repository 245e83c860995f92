/** Steward beside the two bare bots: speed, cost, start and memory, each bot in turn and several times. */
import type { BotName } from '../bot.ts';
import { type Bench, type Measurement, Stage } from '../stage.ts';
import { crediting, viewing } from './loads.ts';

export const COMPARED = ['floor', 'discordJs', 'steward'] as const satisfies readonly BotName[];
export type Compared = (typeof COMPARED)[number];

export interface Run {
  readonly readyMs: number;
  readonly restBytes: number;
  readonly view: Measurement;
  /** Steward's alone: the bare bots know no credits. */
  readonly credits: Measurement | null;
  /** After the views, and of Steward after the credits. */
  readonly loadedBytes: number;
}

export type Comparison = Readonly<Record<Compared, readonly Run[]>>;

export async function compare(bench: Bench): Promise<Comparison> {
  const runs: Record<Compared, Run[]> = { floor: [], discordJs: [], steward: [] };
  for (let round = 0; round < bench.options.rounds; round += 1) {
    for (const bot of inTurn(round)) {
      bench.say(`Round ${round + 1} of ${bench.options.rounds}: ${bot}`);
      runs[bot].push(await runOnce(bench, bot));
    }
  }
  return runs;
}

/** Who begins changes, so that nobody always runs on the warmest machine. */
function inTurn(round: number): readonly Compared[] {
  const first = round % COMPARED.length;
  return [...COMPARED.slice(first), ...COMPARED.slice(0, first)];
}

async function runOnce(bench: Bench, bot: Compared): Promise<Run> {
  const { options } = bench;
  await using stage = await Stage.open(bench, bot);
  const restBytes = await stage.residentBytes();
  await stage.run(viewing(options, options.warmUpMs));
  const view = await stage.measure(viewing(options, options.measureMs));
  let credits: Measurement | null = null;
  if (bot === 'steward') {
    await stage.run(crediting(options, options.warmUpMs));
    credits = await stage.measure(crediting(options, options.measureMs));
  }
  return { readyMs: stage.readyMs, restBytes, view, credits, loadedBytes: await stage.residentBytes() };
}
