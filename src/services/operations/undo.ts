import type { Account, AccountReference } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import { money } from '../../domain/money.ts';
import { FACETS } from '../../domain/operation.ts';
import type { Permission } from '../../domain/permission.ts';
import { Refusal, refuse } from '../../domain/refusal.ts';
import { EDIT } from '../accounts/edit.ts';
import type { AccountChange } from '../accounts/plan.ts';
import { KEEP } from '../accounts/restore.ts';
import { CHANGE_ROLE } from '../accounts/role.ts';
import { UNSUSPEND } from '../accounts/unsuspend.ts';
import type { Context } from '../context.ts';
import { DEDUCT } from '../credits/deduct.ts';
import { GRANT } from '../credits/grant.ts';
import type { BalanceMove } from '../credits/move.ts';
import { type Outcome, operate } from '../operation.ts';
import { ADD_LIMIT } from '../server-limits/add.ts';
import type { LimitMove } from '../server-limits/change.ts';
import { REMOVE_LIMIT } from '../server-limits/remove.ts';
import { UNSUSPEND_SERVER } from '../servers/unsuspend.ts';
import type { ServerChange, ServerInput } from '../servers/verb.ts';
import { verbsOf } from './facets.ts';
import type { OperationRecord } from './record.ts';
import { readStored, type StoredOperation } from './stored.ts';
import { undoWindow } from './undo-window.ts';
import type { AnyVerb } from './verb.ts';
import { recordInReach } from './visible.ts';

const MINUTE_MS = 60_000;

/** The operation that takes another one back. */
interface Reverse {
  readonly verb: AnyVerb;
  readonly input: object;
  /** The right to the deed itself, with which one takes back one's own. */
  readonly own: Permission;
}

/**
 * Takes back an operation: a new one that is linked to it. One's own needs the right to the deed, another's the right to its opposite. It
 * gives back no allowance, and never waits for an approval.
 *
 * @throws Refusal `undo.…`, the policy's, and what the reverse verb refuses
 */
export async function undoOperation(
  ctx: Context,
  number: number,
): Promise<Outcome<AccountChange | BalanceMove | LimitMove | ServerChange>> {
  const record = await recordInReach(ctx, number);
  const stored = await readStored(ctx.store.sql, number);
  if (!stored) throw refuse('operation.none', { number });
  const reverse = reverseOf(stored);
  if (!reverse || stored.accountId === null || stored.operation.state !== 'succeeded')
    throw refuse('undo.impossible', { number });
  await refuseWhatCameAfter(ctx, stored);
  refuseTooLate(ctx, record);
  const target: AccountReference = { panel: stored.panel, accountId: stored.accountId };
  const own = actorId(ctx.actor) === stored.operation.actorId;
  const options = { link: { number, kind: 'undo' } as const, ...(own ? { permissions: [reverse.own] } : {}) };
  try {
    const outcome = await operate(ctx, reverse.verb, target, reverse.input, options);
    return outcome as Outcome<AccountChange | BalanceMove | LimitMove | ServerChange>;
  } catch (error) {
    throw (error instanceof Refusal && movedOn(error, number)) || error;
  }
}

/** What takes an operation back; null where nothing does. What takes one back is not taken back itself: it can be done anew. */
function reverseOf({ operation, input, before, result }: StoredOperation): Reverse | null {
  const { verb, delta, number, link, reason } = operation;
  if (link) return null;
  switch (verb) {
    case 'credits.grant':
    case 'credits.deduct':
    case 'credits.set': {
      if (!delta) return null;
      const raised = delta.minor > 0n;
      const amount = money(raised ? delta.minor : -delta.minor, delta.unit);
      return {
        verb: (raised ? DEDUCT : GRANT) as AnyVerb,
        input: { amount, reason: reason ?? `#${number}` },
        own: verb,
      };
    }
    case 'limit.add':
    case 'limit.remove':
    case 'limit.set':
      return limitBack(result as LimitMove | null, reason ?? `#${number}`);
    case 'account.suspend':
      return { verb: UNSUSPEND as AnyVerb, input: { reason: null }, own: 'accounts.suspend' };
    case 'server.suspend':
      return {
        verb: UNSUSPEND_SERVER as AnyVerb,
        input: { server: (input as ServerInput).server, reason: null },
        own: 'servers.suspend',
      };
    case 'account.role': {
      const after = (result as AccountChange | null)?.account.roles ?? [];
      const roles = before?.roles ?? [];
      return {
        verb: CHANGE_ROLE as AnyVerb,
        input: { change: 'restore', roles, expected: after },
        own: 'accounts.roles',
      };
    }
    case 'account.edit':
      return emailBack(before, (result as AccountChange | null)?.account ?? null);
    case 'account.schedule_deletion': {
      const status = before?.status === 'suspended' ? 'suspended' : 'active';
      return { verb: KEEP as AnyVerb, input: { scheduled: number, status }, own: 'accounts.delete' };
    }
    default:
      return null;
  }
}

/** By as much as it was changed: what others have changed since stays. */
function limitBack(move: LimitMove | null, reason: string): Reverse | null {
  if (!move) return null;
  const verb = move.by > 0 ? REMOVE_LIMIT : ADD_LIMIT;
  return { verb: verb as AnyVerb, input: { count: Math.abs(move.by), reason }, own: 'limits.edit' };
}

/** Of an edit only the e-mail address goes back: it is what an account is taken over by. */
function emailBack(before: Account | null, after: Account | null): Reverse | null {
  if (!before || !after || before.email === after.email) return null;
  return {
    verb: EDIT as AnyVerb,
    input: { email: before.email, expected: { email: after.email } },
    own: 'accounts.edit',
  };
}

/**
 * What turned out not to have happened is not taken back, nor what was taken back again, and a status that was changed since is another
 * one's. The same interaction delivered again finds its own.
 *
 * @throws Refusal `undo.impossible`, `undo.done`, `undo.moved_on`
 */
async function refuseWhatCameAfter(
  { store: { sql }, origin }: Context,
  { operation: { number, verb }, panel, accountId }: StoredOperation,
): Promise<void> {
  const changesStatus = FACETS[verb] === 'status';
  const [row] = await sql<{ corrected: boolean; undone: boolean; later: boolean }[]>`
    select
      exists (select from operations where linked_number = ${number} and link_kind = 'correction') as corrected,
      exists (
        select from operations as undo where linked_number = ${number} and link_kind = 'undo' and key <> ${`${origin}:0`}
          and (state <> 'failed' or exists (
            select from operations where linked_number = undo.number and link_kind = 'correction'
          ))
      ) as undone,
      ${changesStatus} and exists (
        select from operations
        where panel = ${panel} and account_id = ${accountId} and number <> ${number}
          and (state in ('unknown', 'pending')
            or (state = 'succeeded' and (ended_at, number) > (select ended_at, number from operations where number = ${number})))
          and verb = any(${verbsOf(verb) as string[]}::text[]) and key <> ${`${origin}:0`}
      ) as later`;
  if (row?.corrected) throw refuse('undo.impossible', { number });
  if (row?.undone) throw refuse('undo.done', { number });
  if (row?.later) throw refuse('undo.moved_on', { number });
}

/** @throws Refusal `undo.over`, `undo.impossible` */
function refuseTooLate(ctx: Context, record: OperationRecord): void {
  const { number } = record.operation;
  const window = undoWindow(record, ctx.settings.current());
  if (!window) throw refuse('undo.impossible', { number });
  const { from, until } = window;
  const minutes = Math.round((until.getTime() - from.getTime()) / MINUTE_MS);
  if (ctx.clock.now() >= until) throw refuse('undo.over', { number, minutes });
}

/** What stands in the way of taking back means that the world has moved on. */
function movedOn(error: Refusal, number: number): Refusal | null {
  switch (error.code) {
    case 'credits.insufficient':
      return refuse('undo.spent', (error as Refusal<'credits.insufficient'>).parameters);
    case 'limit.insufficient':
    case 'target.changed':
    case 'account.not_suspended':
    case 'server.not_suspended':
    case 'server.unknown':
    case 'account.unchanged':
    case 'deletion.not_scheduled':
    case 'target.deleted':
      return refuse('undo.moved_on', { number });
    default:
      return null;
  }
}
