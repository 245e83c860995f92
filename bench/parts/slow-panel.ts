/** Whether people whose panel takes ten seconds are felt by those whose panel does not. */
import { type Bench, type Measurement, Stage } from '../stage.ts';
import { viewing } from './loads.ts';

export interface SlowPanel {
  /** Nobody waits for the slow panel. */
  readonly alone: Measurement;
  /** Some do, all the time. */
  readonly beside: Measurement;
  /** How many looked at an account of the slow panel in that time. */
  readonly waited: number;
}

const WAITING_AT_ONCE = 16;

export async function slowPanel(bench: Bench): Promise<SlowPanel> {
  const { options } = bench;
  bench.say('A panel that takes ten seconds, beside one that does not');
  await using stage = await Stage.open(bench, 'stewardWithSlowPanel');
  await stage.run(viewing(options, options.warmUpMs));
  const alone = await stage.measure(viewing(options, options.measureMs));
  const [beside, waiting] = await Promise.all([
    stage.measure(viewing(options, options.measureMs)),
    stage.run({ ...viewing(options, options.measureMs), by: 'waiting', atOnce: WAITING_AT_ONCE }),
  ]);
  return { alone, beside, waited: waiting.answers };
}
