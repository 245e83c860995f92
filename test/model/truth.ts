/** What really happened, by the panel's own journal: what an honest person says, and what the books are held against. */
import type { OperationState, Verb } from '../../src/domain/operation.ts';
import type { SaidOutcome } from '../../src/services/operations/settle-by-hand.ts';
import type { World } from './world.ts';

export interface OperationRow {
  readonly number: bigint;
  readonly key: string;
  readonly verb: Verb;
  readonly state: OperationState;
  readonly actor_id: string;
  readonly account_id: string | null;
  readonly delta_minor: bigint | null;
  readonly doubt: { readonly why: string } | null;
  readonly settled_by: string | null;
  readonly linked_number: bigint | null;
  readonly link_kind: string | null;
  readonly created_at: Date;
  readonly input: { readonly status?: string };
  readonly state_before: { readonly status: string } | null;
}

export function readOperations({ database: { own } }: World): Promise<readonly OperationRow[]> {
  return own<OperationRow[]>`
    select number, key, verb, state, actor_id, account_id, delta_minor, doubt, settled_by, linked_number, link_kind, created_at,
      input, state_before
    from operations order by number`;
}

/** What the panel did of an operation: the names of its steps, one of null for a change without any. */
export function doneSteps({ panel, told }: World, { key }: OperationRow): readonly (string | null)[] {
  const messages = told.includes(key) ? [null] : [];
  return [...panel.journal.filter(({ reference }) => reference === key).map(({ step }) => step), ...messages];
}

/** The steps that an operation needs the panel for, each once. */
export function neededSteps({ kind }: World, { verb, delta_minor, input, state_before }: OperationRow) {
  const twoSteps = ['account', 'servers'];
  switch (verb) {
    case 'account.create':
      return delta_minor === null ? ['account'] : ['account', 'credits'];
    case 'account.suspend':
    case 'account.unsuspend':
      return twoSteps;
    case 'account.schedule_deletion':
      return kind.suspends && state_before?.status !== 'suspended' ? twoSteps : [];
    case 'account.keep':
      return kind.suspends && state_before?.status !== input.status ? twoSteps : [];
    default:
      return [null];
  }
}

/**
 * What an honest person says who looked into the panel. They let Steward try again once at most; what is left half done then, they finish
 * there, and say that it happened.
 */
export async function honestAnswer(world: World, operation: OperationRow, hesitant: boolean): Promise<SaidOutcome> {
  const done = doneSteps(world, operation);
  const needed = neededSteps(world, operation);
  const mayTryAgain = operation.state === 'unknown' && !world.triedAgain.has(operation.number);
  if (needed.length === 0 || done.length >= needed.length) return 'happened';
  if (done.length === 0 && !(hesitant && mayTryAgain)) return 'not';
  const recorded = await world.database.own<{ name: string }[]>`
    select name from operation_steps where operation = ${operation.number} and state = 'succeeded'`;
  if (mayTryAgain && recorded.length === done.length) {
    world.triedAgain.add(operation.number);
    return 'again';
  }
  finishByHand(world, operation);
  return 'happened';
}

/** Only credits are missed; what of a suspension is missing, somebody else sees to. */
function finishByHand({ panel, byHand }: World, { key, delta_minor }: OperationRow): void {
  const made = panel.journal.find(({ reference }) => reference === key);
  if (!made || delta_minor === null || byHand.some((finished) => finished.key === key)) return;
  panel.moveBalance(made.accountId, delta_minor);
  byHand.push({ key, accountId: made.accountId, deltaMinor: delta_minor });
}
