import type { AccountStatus } from '../../src/domain/account.ts';
import { approveOperation } from '../../src/services/approvals/approve.ts';
import { declineOperation } from '../../src/services/approvals/decline.ts';
import type { Context } from '../../src/services/context.ts';
import { viewCredits } from '../../src/services/credits/view.ts';
import type { Outcome } from '../../src/services/operation.ts';
import { settleByHand } from '../../src/services/operations/settle-by-hand.ts';
import { undoOperation } from '../../src/services/operations/undo.ts';
import { contextOf, OWNER } from '../harness/services.ts';
import type { CallName, Fault } from '../harness/test-panel.ts';
import type { Act, Move } from './acts.ts';
import { DEEDS, type DeedName } from './deeds.ts';
import { doJobs, fireDueTimers } from './jobs.ts';
import { PEOPLE } from './people.ts';
import { honestAnswer, type OperationRow, readOperations } from './truth.ts';
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

/** A command, or a button that acts once. */
function deedOf(world: World, act: Extract<Act, { kind: 'do' }>): Request {
  const { choices, fault, pressed, goesOn } = act;
  const userId = personOf(world, act.who);
  const origin = `i${world.requests.length}`;
  const accountId = pick(accountsInPlay(world), act.account) ?? '';
  const { username, status } = world.panel.read(accountId);
  const given = { name: `name-${origin}`, username, made: accounts(world).indexOf(accountId) > 2 };
  const deed = aptDeed(pick(world.cast.deeds, act.deed) ?? 'grant', status);
  if (fault) world.panel.failNext(DEEDS[deed].call, possible(world, DEEDS[deed].call, fault));
  return {
    what: `${deed} ${accountId}`,
    userId,
    origin,
    press: pressed ? { key: `press-${origin}`, group: 'once', interactionId: origin } : null,
    async run(ctx) {
      const target = { panel: world.panel.panel.id, accountId };
      const run = (asked: Context) => DEEDS[deed].run(asked, target, choices, given);
      const outcome: Outcome<unknown> = await run(ctx);
      if (outcome.kind !== 'ask' || !goesOn) return outcome.kind;
      return (await run(contextOf(ctx, userId, { origin, press: ctx.press, confirmed: true }))).kind;
    },
  };
}

/** What can be done to an account in this state, in the place of what cannot. */
function aptDeed(deed: DeedName, status: AccountStatus): DeedName {
  if (deed === 'create') return deed;
  if (status === 'deleted') return 'restore';
  if (status === 'suspended') return deed === 'suspend' ? 'unsuspend' : deed;
  return deed === 'unsuspend' ? 'suspend' : deed;
}

const SEVERAL_STEPS: readonly CallName[] = ['create', 'suspend', 'unsuspend'];

/** What a panel does not do any more after no time at all, it has done before. Where it does not know a change again, each step is a request. */
function possible({ kind: { settleAfterMs, annuls, idempotent } }: World, call: CallName, fault: Fault): Fault {
  if (fault.kind !== 'timeout') return fault;
  const acts = fault.acts === 'late' && settleAfterMs === 0 && !annuls ? 'before' : fault.acts;
  return { kind: !idempotent && SEVERAL_STEPS.includes(call) ? 'lost' : 'timeout', acts };
}

async function answerOf(
  world: World,
  act: Extract<Act, { kind: 'undo' | 'approve' | 'decline' | 'settle' }>,
): Promise<Request | null> {
  const suited = (await readOperations(world)).filter((operation) => suits(act.kind, operation));
  const operation = pick(suited, act.operation);
  if (!operation) return null;
  const number = Number(operation.number);
  const run = await answerTo(world, act, operation);
  const what = `${act.kind} #${number}`;
  return { what, userId: personOf(world, act.who), origin: `i${world.requests.length}`, press: null, run };
}

function suits(kind: 'undo' | 'approve' | 'decline' | 'settle', { state, doubt }: OperationRow): boolean {
  if (kind === 'settle') return doubt !== null;
  return state === (kind === 'undo' ? 'succeeded' : 'awaiting_approval');
}

async function answerTo(
  world: World,
  act: Extract<Act, { kind: 'undo' | 'approve' | 'decline' | 'settle' }>,
  operation: OperationRow,
): Promise<Request['run']> {
  const number = Number(operation.number);
  switch (act.kind) {
    case 'undo':
      return async (ctx) => (await undoOperation(ctx, number)).kind;
    case 'approve':
      return async (ctx) => approveOperation(ctx, number).then(() => 'approved');
    case 'decline':
      return async (ctx) => declineOperation(ctx, { number, reason: 'a reason' }).then(() => 'declined');
    case 'settle': {
      const outcome = await honestAnswer(world, operation, act.hesitant);
      return async (ctx) => settleByHand(ctx, { number, outcome }).then(() => outcome);
    }
  }
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

/** The ids of all accounts that the panel has. */
export function accounts({ panel }: World): readonly string[] {
  const made = panel.journal.filter(({ action, step }) => action === 'create' && step === 'account');
  return ['u-1', 'u-2', 'u-3', ...made.map(({ accountId }) => accountId)];
}

/** Those that the sequence is about, and those that were made in it. */
export function accountsInPlay(world: World): readonly string[] {
  return accounts(world).filter((_, position) => position > 2 || world.cast.accounts.includes(position));
}

function personOf(world: World, who: number): string {
  return PEOPLE[pick(world.cast.people, who) ?? 0]?.userId ?? OWNER;
}

function pick<Item>(items: readonly Item[], which: number): Item | null {
  return items[which % Math.max(1, items.length)] ?? null;
}
