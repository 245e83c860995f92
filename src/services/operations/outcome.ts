import { actorId } from '../../domain/actor.ts';
import type { OperationState } from '../../domain/operation.ts';
import type { PanelFailure } from '../../domain/refusal.ts';
import type { BalanceChange, JsonValue } from '../../panels/panel.ts';
import type { Fragment, Sql, Transaction } from '../../store/connect.ts';
import { type AuditEntry, auditParts } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { jsonParameter, storable, toStored } from '../json.ts';
import type { Stated } from './intent.ts';
import type { OperationPlan } from './plan.ts';

/** How an operation ended, before it is stored. */
export interface Ending {
  readonly state: Extract<OperationState, 'succeeded' | 'failed' | 'unknown'>;
  readonly result: unknown;
  readonly accountId: string | null;
  readonly balance: BalanceChange | null;
  readonly failure: PanelFailure | 'internal' | null;
  readonly failureDetail: string | null;
}

/**
 * Stores an outcome with its ledger entries, audit row and notice, in one statement: all of it, or nothing.
 *
 * @returns false when the operation was no longer ours to end (its lease had lapsed and somebody settled it otherwise): the outcome is
 * then kept as evidence only.
 */
export async function storeOutcome(
  ctx: Context,
  plan: OperationPlan,
  stated: Stated,
  ending: Ending,
): Promise<boolean> {
  const { sql } = ctx.store;
  const { number } = stated.operation;
  const isEnded = sql`exists (select from ended)`;
  const of = { panel: plan.panel.id, accountId: ending.accountId ?? '', number };
  const [row] = await sql<{ ended: boolean }[]>`
    with ended as (
      update operations set
        state = ${ending.state}, result = ${jsonParameter(sql, toStored(ending.result ?? null))},
        failure = ${ending.failure}, failure_detail = ${storable(ending.failureDetail)}, ended_at = now(),
        lease_until = null, account_id = coalesce(account_id, ${ending.accountId})
      where number = ${number} and state = 'pending' and attempt_token = ${stated.token}
      returning number
    ), ${ending.balance ? sql`moved as (${insertMovement(sql, of, ending.balance, isEnded)}),` : sql``}
    noticed as (
      -- What changed nothing is in the audit log; the channel tells of changes.
      insert into notices (kind, operation, content) select 'operation', number, '{}' from ended where ${ending.state !== 'failed'}
    ), ${auditParts(sql, auditEntry(ctx, plan, number, ending), isEnded)}
    select ${isEnded} as ended`;
  return row?.ended === true || keepEvidence(sql, number, ending);
}

function auditEntry(ctx: Context, plan: OperationPlan, number: number, ending: Ending): AuditEntry {
  return {
    actorId: actorId(ctx.actor),
    action: plan.verb,
    outcome: ending.state,
    panel: plan.panel.id,
    accountId: ending.accountId,
    memberId: plan.memberId,
    operation: number,
    facts: auditFacts(plan, ending),
    personal: plan.personal,
  };
}

function auditFacts(plan: OperationPlan, ending: Ending): JsonValue {
  return {
    ...(plan.reason === null ? {} : { reason: plan.reason }),
    ...(plan.facts ?? {}),
    ...(ending.balance
      ? {
          before: ending.balance.before.minor.toString(),
          after: ending.balance.after.minor.toString(),
          unit: ending.balance.after.unit.code,
        }
      : {}),
    ...(ending.failure ? { failure: ending.failure } : {}),
  };
}

/**
 * A late outcome that contradicts what was stored is never written over it. One that was stored already does not: the connection may have
 * been lost when the store had committed and not yet said so.
 *
 * @returns whether what is stored is this very outcome.
 */
async function keepEvidence(sql: Sql, number: number, ending: Ending): Promise<boolean> {
  const evidence = { state: ending.state, result: toStored(ending.result ?? null), failure: ending.failure };
  const contradicted = await sql`
    update operations set late_outcome = ${jsonParameter(sql, evidence)}
    where number = ${number} and state <> ${ending.state} returning number`;
  return contradicted.length === 0;
}

/**
 * The statement that appends our movement, and before it what others moved since the last balance seen: so the sum of all entries is
 * always the last balance seen, and the sum of ours is what succeeded operations moved.
 */
export function insertMovement(
  sql: Sql | Transaction,
  of: { panel: string; accountId: string; number: number | null },
  { before, after }: BalanceChange,
  condition: Fragment,
) {
  const { code, scale } = after.unit;
  const ours = of.number === null ? 0n : after.minor - before.minor;
  return sql`
    insert into ledger (panel, account_id, kind, delta_minor, balance_minor, unit_code, unit_scale, operation)
    select ${of.panel}, ${of.accountId}, kind, delta, balance, ${code}, ${scale}::integer, number
    from (
      select 1 as position, 'outside' as kind, ${before.minor.toString()}::bigint - seen.balance as delta,
        ${before.minor.toString()}::bigint as balance, null::bigint as number
      from (
        select coalesce((
          select balance_minor from ledger where panel = ${of.panel} and account_id = ${of.accountId} order by id desc limit 1
        ), 0) as balance
      ) as seen
      where seen.balance <> ${before.minor.toString()}::bigint
      union all
      select 2, 'ours', ${ours.toString()}::bigint, ${after.minor.toString()}::bigint, ${of.number}::bigint
      where ${of.number !== null}
    ) as movements
    where ${condition}
    order by position`;
}
