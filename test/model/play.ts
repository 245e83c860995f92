import { viewCredits } from '../../src/services/credits/view.ts';
import { contextOf, OWNER } from '../harness/services.ts';
import type { Act, Move } from './acts.ts';
import { accountsInPlay, pick } from './cast.ts';
import { doJobs, fireDueTimers } from './jobs.ts';
import { answerOf, deedOf } from './requests.ts';
import { freeze, setOff, type Worker, wake } from './worker.ts';
import { landLate, pass, type Request, startMissing, type World } from './world.ts';

/** Longer than a lease, and than any panel of the model may act late. */
const STALL_MS = 61_000;

/** Makes one move, and lets happen what it leaves room for. */
export async function play(world: World, { act, worker: position, turns, alone }: Move): Promise<void> {
  startMissing(world);
  const worker = world.workers[position];
  if (!worker) throw new Error('there are two processes');
  world.turns.note(`— ${act.kind}`);
  await begin(world, worker, act);
  const others = alone ? world.workers.filter((other) => other !== worker && !other.life.standstill) : [];
  for (const other of others) freeze(other);
  await world.turns.let(turns ?? Number.POSITIVE_INFINITY);
  for (const other of others) wake(other);
}

async function begin(world: World, worker: Worker, act: Act): Promise<void> {
  switch (act.kind) {
    case 'do':
      return ask(world, worker, deedOf(world, act));
    case 'repeat':
      return repeat(world, worker, act);
    case 'undo':
    case 'approve':
    case 'decline':
    case 'settle':
      return ask(world, worker, await answerOf(world, act));
    case 'look':
      return look(world, worker, pick(accountsInPlay(world), act.account) ?? '');
    case 'blind':
      return world.panel.failNext(act.call, { kind: 'timeout', acts: 'never' });
    case 'outside':
      return moveOutside(world, act);
    case 'land':
      return landLate(world);
    case 'crash':
      worker.life.ended = true;
      return;
    case 'freeze':
      return freeze(worker);
    case 'wake':
      return wake(worker);
    case 'stall':
      return stall(world, worker);
    case 'pass':
      await pass(world, act.ms);
      return doJobs(world, worker);
    case 'jobs':
      return doJobs(world, worker);
    case 'timers':
      return fireDueTimers(world, worker);
  }
}

/** Its lease ends, and then the time in which the panel may still act; both times another process looks after what is left. */
async function stall(world: World, worker: Worker): Promise<void> {
  const other = world.workers.find((each) => each !== worker);
  freeze(worker);
  for (const ms of [STALL_MS, STALL_MS]) {
    await pass(world, ms);
    if (other) doJobs(world, other);
    await world.turns.let(Number.POSITIVE_INFINITY);
  }
  wake(worker);
}

function ask(world: World, worker: Worker, request: Request | null): void {
  if (!request) return;
  world.requests.push(request);
  deliver(world, worker, request);
}

function deliver(world: World, worker: Worker, request: Request): void {
  const { what, userId, origin, press } = request;
  setOff(world, worker, `${what} by ${userId}`, (services) =>
    request.run(contextOf(services, userId, { origin, press })),
  );
}

function repeat(world: World, worker: Worker, { request: which, how }: Extract<Act, { kind: 'repeat' }>): void {
  const request = pick(world.requests, which);
  if (!request) return;
  const interactionId = `again-${world.runs.length}`;
  const pressedAnew = how === 'pressed' && request.press ? { press: { ...request.press, interactionId } } : {};
  deliver(world, worker, { ...request, ...pressedAnew });
}

export function look(world: World, worker: Worker, accountId: string): void {
  const target = { panel: world.panel.panel.id, accountId };
  setOff(world, worker, `look ${accountId}`, async (services) => {
    const { balance } = await viewCredits(contextOf(services, OWNER), target);
    return `seen ${balance.minor}`;
  });
}

/** Where the house keeps the credits nobody else moves them. */
function moveOutside(world: World, { account, deltaMinor }: Extract<Act, { kind: 'outside' }>): void {
  const accountId = pick(accountsInPlay(world), account) ?? '';
  const covered = (world.panel.read(accountId).balance?.minor ?? 0n) + deltaMinor >= 0n;
  if (world.kind.creditsBy === 'panel' && covered) world.panel.moveBalance(accountId, deltaMinor);
}
