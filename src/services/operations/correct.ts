import { randomUUID } from 'node:crypto';
import { negate } from '../../domain/money.ts';
import type { Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { jsonParameter, toStored } from '../json.ts';
import { oweNotice } from '../notices/owe.ts';
import { insertMovement } from './outcome.ts';
import type { StoredOperation } from './stored.ts';

/**
 * Ends the doubt about an operation that was settled one way and then reported the other. What was stored stays; where it was wrong, a new
 * operation that is linked to it records what really happened, so that the books agree with the panel.
 */
export async function correct(
  ctx: Context,
  transaction: Transaction,
  stored: StoredOperation,
  happened: boolean,
): Promise<void> {
  const { number, state } = stored.operation;
  await transaction`update operations set doubt = null where number = ${number}`;
  await oweNotice(transaction, { kind: 'card', operation: number });
  if (happened === (state === 'succeeded')) return;
  const correction = await insertCorrection(ctx, transaction, stored, happened);
  await oweNotice(transaction, { kind: 'operation', operation: correction });
  await oweNotice(transaction, { kind: 'operation', operation: number });
}

async function insertCorrection(
  ctx: Context,
  transaction: Transaction,
  stored: StoredOperation,
  happened: boolean,
): Promise<number> {
  const { number, verb, actorId, memberId, reason, delta: meant } = stored.operation;
  const { panel, accountId } = stored;
  const delta = meant && (happened ? meant : negate(meant));
  const [row] = await transaction<{ number: bigint }[]>`
    insert into operations (
      key, input_hash, verb, state, actor_id, panel, account_id, member_id, input, state_before, reason,
      delta_minor, unit_code, unit_scale, attempt_token, linked_number, link_kind, settled_by, ended_at
    ) values (
      ${ctx.nextKey()}, '', ${verb}, 'succeeded', ${actorId}, ${panel}, ${accountId}, ${memberId},
      ${jsonParameter(transaction, toStored(stored.input))}, ${jsonParameter(transaction, toStored(stored.before))}, ${reason},
      ${delta?.minor.toString() ?? null}::bigint, ${delta?.unit.code ?? null}, ${delta?.unit.scale ?? null}, ${randomUUID()},
      ${number}, 'correction', 'person', now()
    ) returning number`;
  if (!row) throw new Error('a correction is always one row');
  if (delta && accountId !== null) {
    const [last] = await transaction<{ balance: bigint }[]>`
      select balance_minor as balance from ledger where panel = ${panel} and account_id = ${accountId} order by id desc limit 1`;
    // The balance that was seen last holds it already, as something that others moved: that is taken back and said to be ours.
    const after = { minor: last?.balance ?? 0n, unit: delta.unit };
    const before = { minor: after.minor - delta.minor, unit: delta.unit };
    const of = { panel, accountId, number: Number(row.number) };
    await insertMovement(transaction, of, { before, after }, transaction`true`);
  }
  return Number(row.number);
}
