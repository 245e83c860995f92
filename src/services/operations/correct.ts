import { randomUUID } from 'node:crypto';
import { type Money, money, negate, subtract } from '../../domain/money.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { jsonParameter, toStored } from '../json.ts';
import { oweNotice } from '../notices/owe.ts';
import { insertMovement, lockLedger } from './outcome.ts';
import type { StoredOperation } from './stored.ts';
import { verbOf } from './verbs.ts';

/**
 * Ends the doubt about an operation that was settled one way and then reported the other. What was stored stays; where it was wrong, a new
 * operation that is linked to it records what really happened, so that the books agree with the panel. Its transaction holds the account's
 * lock: nobody else moves the account's credits, or says the other thing, at the same moment.
 *
 * @throws Refusal `operation.settled` when somebody has ended the doubt; the constraint `operations_leased` breaks while the account is
 * worked on.
 */
export async function correct(
  ctx: Context,
  transaction: Transaction,
  stored: StoredOperation,
  happened: boolean,
): Promise<void> {
  const { number, state, memberId, actorId } = stored.operation;
  const taken = await transaction`
    update operations set doubt = null, lease_until = now()
    where number = ${number} and state = ${state} and doubt is not null returning number`;
  if (taken.length === 0) throw refuse('operation.settled', { number, state });
  await oweNotice(transaction, { kind: 'card', operation: number });
  if (happened !== (state === 'succeeded')) {
    const correction = await insertCorrection(ctx, transaction, stored, happened);
    await oweNotice(transaction, { kind: 'operation', operation: correction });
    await oweNotice(transaction, { kind: 'operation', operation: number });
    if (happened && memberId !== null && memberId !== actorId)
      await oweNotice(transaction, { kind: 'member', operation: correction, recipientId: memberId });
  }
  await transaction`update operations set lease_until = null where number = ${number}`;
}

/** What was moved has to be moved back in the books; of anything else that did not happen it is enough to say so. */
async function insertCorrection(
  ctx: Context,
  transaction: Transaction,
  stored: StoredOperation,
  happened: boolean,
): Promise<number> {
  const { number, verb, actorId, memberId, reason, delta: meant } = stored.operation;
  const { panel } = stored;
  const result = happened ? (stored.late?.result ?? null) : null;
  const accountId = stored.accountId ?? (result === null ? null : (verbOf(verb).account(result)?.id ?? null));
  const movedBack = verbOf(verb).balance ? meant && negate(meant) : null;
  const delta = happened ? meant : movedBack;
  const dueAt = happened ? stored.operation.dueAt : null;
  const succeeded = happened || delta !== null;
  const [row] = await transaction<{ number: bigint }[]>`
    insert into operations (
      key, input_hash, verb, state, failure, actor_id, panel, account_id, member_id, input, state_before, result, reason,
      delta_minor, unit_code, unit_scale, attempt_token, due_at, linked_number, link_kind, settled_by, ended_at
    ) values (
      ${ctx.nextKey()}, '', ${verb}, ${succeeded ? 'succeeded' : 'failed'}, ${succeeded ? null : 'did_not_happen'}, ${actorId}, ${panel},
      ${accountId}, ${memberId}, ${jsonParameter(transaction, toStored(stored.input))},
      ${jsonParameter(transaction, toStored(stored.before))}, ${jsonParameter(transaction, toStored(result))}, ${reason},
      ${delta?.minor.toString() ?? null}::bigint, ${delta?.unit.code ?? null}, ${delta?.unit.scale ?? null}, ${randomUUID()},
      ${dueAt}, ${number}, 'correction', 'person', now()
    ) returning number`;
  if (!row) throw new Error('a correction is always one row');
  const correction = Number(row.number);
  if (delta && accountId !== null) await moveInBooks(transaction, { panel, accountId, number: correction }, delta);
  const timers = happened ? (verbOf(verb).timers?.({ number: correction, dueAt }, ctx.clock.now()) ?? []) : [];
  for (const { timer, at } of timers) await ctx.timers.set(transaction, timer, at);
  return correction;
}

/** The balance that was seen last holds it already, as something that others moved: that is taken back and said to be ours. */
async function moveInBooks(
  transaction: Transaction,
  of: { readonly panel: string; readonly accountId: string; readonly number: number },
  delta: Money,
): Promise<void> {
  await lockLedger(transaction, of);
  const [last] = await transaction<{ balance: bigint }[]>`
    select balance_minor as balance from ledger where panel = ${of.panel} and account_id = ${of.accountId} order by id desc limit 1`;
  const after = money(last?.balance ?? 0n, delta.unit);
  await insertMovement(transaction, of, { before: subtract(after, delta), after }, transaction`true`);
}
