/** What people ask for, from what was drawn: told so that it can be asked for again. */
import type { AccountStatus } from '../../src/domain/account.ts';
import { approveOperation } from '../../src/services/approvals/approve.ts';
import { declineOperation } from '../../src/services/approvals/decline.ts';
import type { Context } from '../../src/services/context.ts';
import type { Outcome } from '../../src/services/operation.ts';
import { settleByHand } from '../../src/services/operations/settle-by-hand.ts';
import { undoOperation } from '../../src/services/operations/undo.ts';
import { contextOf, OWNER } from '../harness/services.ts';
import type { CallName, Fault } from '../harness/test-panel.ts';
import type { Act } from './acts.ts';
import { accounts, accountsInPlay, pick } from './cast.ts';
import { DEEDS, type DeedName } from './deeds.ts';
import { PEOPLE } from './people.ts';
import { honestAnswer, type OperationRow, readOperations } from './truth.ts';
import type { Request, World } from './world.ts';

/** A command, or a button that acts once. */
export function deedOf(world: World, act: Extract<Act, { kind: 'do' }>): Request {
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

export async function answerOf(
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

function personOf(world: World, who: number): string {
  return PEOPLE[pick(world.cast.people, who) ?? 0]?.userId ?? OWNER;
}
