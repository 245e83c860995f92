/** What a running bot does by itself. */
import { isPassing, Refusal } from '../../src/domain/refusal.ts';
import { AnsweredElsewhere } from '../../src/services/operation.ts';
import { lapseLeases } from '../../src/services/operations/lapse.ts';
import { settleDue } from '../../src/services/operations/settle.ts';
import { fireTimer } from '../../src/services/timers/fire.ts';
import type { SetTimer } from './database.ts';
import { setOff, type Worker } from './worker.ts';
import type { World } from './world.ts';

/** How much later a timer that could not do its work is fired again, in seconds. */
const AGAIN_AFTER_S = 60;

/** Takes back leases that have ended, and looks for outcomes, as the loops of a running bot do. */
export function doJobs(world: World, worker: Worker): void {
  setOff(world, worker, 'jobs', async (services) => {
    const lapsed = await lapseLeases(services);
    return `lapsed ${lapsed}, settled ${await settleDue(services)}`;
  });
}

/** A timer is gone once it has done its work. One whose process died on the way is fired again, as is one that is tried again later. */
export async function fireDueTimers(world: World, worker: Worker): Promise<void> {
  const { own } = world.database;
  const due = await own<SetTimer[]>`select id, timer, at from model.timers where at <= model.now() order by at, id`;
  for (const { id, timer } of due) {
    setOff(world, worker, `timer ${timer.kind} #${timer.operation}`, async (services) => {
      const done = await hasDone(fireTimer(services, timer));
      const again = own`update model.timers set at = model.now() + make_interval(secs => ${AGAIN_AFTER_S}) where id = ${id}`;
      await world.turns.during(done ? own`delete from model.timers where id = ${id}` : again);
      return done ? 'done' : 'again later';
    });
  }
}

/** Whether nothing is left to do. What cannot be known yet says so by an error that names the operation. */
async function hasDone(fired: Promise<void>): Promise<boolean> {
  try {
    await fired;
    return true;
  } catch (error) {
    if (error instanceof Refusal) return !isPassing(error);
    if (error instanceof AnsweredElsewhere || (error instanceof Error && error.message.startsWith('#'))) return false;
    throw error;
  }
}
