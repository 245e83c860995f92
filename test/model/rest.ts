/** Brings a sequence to rest, as time and people would: then everything must have ended, and be as the panel says. */
import { settleByHand } from '../../src/services/operations/settle-by-hand.ts';
import { contextOf, OWNER } from '../harness/services.ts';
import { accountsInPlay } from './cast.ts';
import { doJobs, fireDueTimers } from './jobs.ts';
import { look } from './play.ts';
import { honestAnswer, type OperationRow, readOperations } from './truth.ts';
import { setOff, type Worker, wake } from './worker.ts';
import { pass, startMissing, type World } from './world.ts';

/** Far more than anything takes that comes to an end. */
const ROUNDS = 60;
const SHORTLY_MS = 1_000;

/** @throws Error when something neither ends nor asks anybody. */
export async function bringToRest(world: World): Promise<void> {
  startMissing(world);
  for (const worker of world.workers) wake(worker);
  await world.turns.let(Number.POSITIVE_INFINITY);
  const [worker] = world.workers;
  if (!worker) throw new Error('there are two processes');
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = await nextMoment(world);
    const asked = (await readOperations(world)).filter(({ doubt }) => doubt !== null);
    if (next === null && asked.length === 0) break;
    if (next) await pass(world, Math.max(0, next.getTime() + 1 - world.clock.now().getTime()));
    doJobs(world, worker);
    await world.turns.let(Number.POSITIVE_INFINITY);
    await fireDueTimers(world, worker);
    await world.turns.let(Number.POSITIVE_INFINITY);
    for (const operation of asked) await answerCard(world, worker, operation);
  }
  for (const accountId of accountsInPlay(world)) await lookUntilSeen(world, worker, accountId);
}

/** Faults that nobody met yet stand in the way of as many looks. */
async function lookUntilSeen(world: World, worker: Worker, accountId: string): Promise<void> {
  const seen = world.runs.length;
  do {
    look(world, worker, accountId);
    await world.turns.let(Number.POSITIVE_INFINITY);
  } while (world.runs.at(-1)?.answer?.startsWith('refused') && world.runs.length < seen + ROUNDS);
}

/** When something is to happen next by itself, or shortly where it is overdue and something else stands in its way; null when nothing is. */
async function nextMoment({ clock, database: { own } }: World): Promise<Date | null> {
  const [row] = await own<{ next: Date | null; overdue: boolean }[]>`
    select min(moment) filter (where moment > model.now()) as next, bool_or(moment <= model.now()) as overdue
    from (
      select lease_until as moment from operations union all select settle_at from operations union all select at from model.timers
    ) as moments`;
  const shortly = new Date(clock.now().getTime() + SHORTLY_MS);
  return row?.next ?? (row?.overdue ? shortly : null);
}

/** An owner looks into the panel and says how it is. */
async function answerCard(world: World, worker: Worker, operation: OperationRow): Promise<void> {
  const { own } = world.database;
  const { number } = operation;
  const cards = await own`select from notices where kind = 'card' and operation = ${number}`;
  if (cards.length === 0) throw new Error(`#${number} asks, and nobody is shown a card`);
  const outcome = await honestAnswer(world, operation, number % 2n === 0n);
  const ctx = contextOf(worker.services, OWNER, { origin: `rest-${world.runs.length}` });
  setOff(world, worker, `settle #${number}`, () =>
    settleByHand(ctx, { number: Number(number), outcome }).then(() => outcome),
  );
  await world.turns.let(Number.POSITIVE_INFINITY);
}
