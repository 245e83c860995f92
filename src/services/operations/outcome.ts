import type { OperationState, OwnFailure, SettledBy, Verb } from '../../domain/operation.ts';
import type { PanelFailure } from '../../domain/refusal.ts';
import type { BalanceChange, JsonValue } from '../../panels/panel.ts';
import type { Fragment, Sql, Transaction } from '../../store/connect.ts';
import { type AuditEntry, auditParts } from '../audit/record.ts';
import type { Services } from '../context.ts';
import { jsonParameter, storable, toStored } from '../json.ts';
import { endingNotices, oweQuestion } from '../notices/owe.ts';
import type { Timer } from '../timers/timer.ts';
import type { Doubt } from './record.ts';

/** How an operation ended, before it is stored. */
export interface Ending {
  readonly state: Extract<OperationState, 'succeeded' | 'failed' | 'unknown'>;
  readonly result: unknown;
  readonly accountId: string | null;
  readonly balance: BalanceChange | null;
  readonly failure: PanelFailure | OwnFailure | null;
  readonly failureDetail: string | null;
  /** How it was found out, after it had been unknown; null for the outcome that the panel gave at once. */
  readonly settledBy: SettledBy | null;
  /** The panel itself said so, to whoever asked it for the change; everything else was concluded. */
  readonly witnessed: boolean;
  /** What begins to run with it. */
  readonly timers: readonly { readonly timer: Timer; readonly at: Date }[];
  /** For one that is unknown: after how many milliseconds it is looked for again. */
  readonly settleAfterMs: number;
}

/** Which operation ended, and what the audit log says of it. */
export interface Ended {
  readonly number: number;
  /** Whose attempt it was. */
  readonly token: string;
  /** Which attempt it was, from 1. */
  readonly attempt: number;
  readonly verb: Verb;
  readonly panel: string;
  readonly memberId: string | null;
  readonly actorId: string;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly personal: JsonValue | null;
}

/**
 * Stores an outcome with its ledger entries, audit row, notices and timers: all of it, or nothing.
 *
 * @returns false when somebody else had taken it over since (its lease had lapsed): the outcome is then kept as evidence, and where it
 * contradicts what was stored a person is asked.
 */
export async function storeOutcome(services: Services, ended: Ended, ending: Ending): Promise<boolean> {
  const stored =
    ending.timers.length === 0
      ? await storeEnding(services.store.sql, ended, ending)
      : await services.store.sql.begin(async (transaction) => {
          const stored = await storeEnding(transaction, ended, ending);
          if (stored) for (const { timer, at } of ending.timers) await services.timers.set(transaction, timer, at);
          return stored;
        });
  return stored || (ending.witnessed && keepEvidence(services.store.sql, ended, ending));
}

async function storeEnding(sql: Sql | Transaction, ended: Ended, ending: Ending): Promise<boolean> {
  const isEnded = sql`exists (select from ended)`;
  const of = { panel: ended.panel, accountId: ending.accountId ?? '', number: ended.number };
  // Each further try waits longer.
  const settleAt =
    ending.state === 'unknown'
      ? sql`now() + greatest(make_interval(secs => ${ending.settleAfterMs / 1000}), ${backoff(sql)})`
      : sql`null`;
  // An outcome that came in between is the truth, and is looked at first.
  const undisturbed = ending.witnessed || ending.settledBy === 'late' ? sql`true` : sql`late_outcome is null`;
  const settledBy =
    ending.settledBy === null && ending.state !== 'unknown'
      ? sql`case when state = 'unknown' then 'late' end`
      : sql`${ending.settledBy}`;
  const [row] = await sql<{ ended: boolean }[]>`
    with ended as (
      update operations set
        state = ${ending.state}, result = ${jsonParameter(sql, toStored(ending.result ?? null))},
        failure = ${ending.failure}, failure_detail = ${storable(ending.failureDetail)}, ended_at = now(),
        lease_until = null, settle_at = ${settleAt}, settle_attempts = settle_attempts + (state = 'unknown')::integer, settled_by = ${settledBy}, doubt = null,
        account_id = coalesce(account_id, ${ending.accountId})
      where number = ${ended.number} and state in ('pending', 'unknown') and attempt_token = ${ended.token} and ${undisturbed}
      returning number, state, failure, actor_id, member_id, account_id, linked_number, link_kind, approvals_needed, settled_by
    ), ${ending.balance ? sql`moved as (${insertMovement(sql, of, ending.balance, isEnded)}),` : sql``}
    ${endingNotices(sql)}, ${auditParts(sql, auditEntry(ended, ending), isEnded)}
    select ${isEnded} as ended`;
  return row?.ended === true;
}

/** How long to wait before the outcome is looked for again: from nothing to five minutes. */
export function backoff(sql: Sql | Transaction): Fragment {
  return sql`make_interval(secs => case settle_attempts when 0 then 0 else least(300, power(2, least(settle_attempts, 9))) end)`;
}

function auditEntry(ended: Ended, ending: Ending): AuditEntry {
  return {
    actorId: ended.actorId,
    action: ended.verb,
    outcome: ending.state,
    panel: ended.panel,
    accountId: ending.accountId,
    memberId: ended.memberId,
    operation: ended.number,
    facts: auditFacts(ended, ending),
    personal: ended.personal,
  };
}

function auditFacts(ended: Ended, ending: Ending): JsonValue {
  return {
    ...(ended.reason === null ? {} : { reason: ended.reason }),
    ...ended.facts,
    ...(ending.balance
      ? {
          before: ending.balance.before.minor.toString(),
          after: ending.balance.after.minor.toString(),
          unit: ending.balance.after.unit.code,
        }
      : {}),
    ...(ending.failure ? { failure: ending.failure } : {}),
    ...(ending.settledBy ? { settledBy: ending.settledBy } : {}),
  };
}

/**
 * A late outcome that contradicts what was stored is never written over it: it is evidence, and a person is asked. One that was stored
 * already does not: the connection may have been lost when the store had committed and not yet said so. One that is not known tells nothing,
 * and neither does one that surely changed nothing where another attempt has begun since.
 *
 * @returns whether what is stored is this very outcome.
 */
async function keepEvidence(sql: Sql, { number, attempt }: Ended, ending: Ending): Promise<boolean> {
  const [stored] = await sql<{ state: OperationState }[]>`select state from operations where number = ${number}`;
  if (stored?.state === ending.state) return true;
  if (ending.state === 'unknown') return false;
  const evidence = { state: ending.state, result: toStored(ending.result ?? null) };
  const doubt: Doubt = { why: 'contradiction', came: ending.state };
  await sql.begin(async (transaction) => {
    const [kept] = await transaction<{ state: OperationState }[]>`
      update operations set late_outcome = ${jsonParameter(transaction, evidence)},
        settle_at = case when state = 'unknown' then now() end,
        doubt = case when state in ('succeeded', 'failed') then ${jsonParameter(transaction, toStored(doubt))}::jsonb else doubt end
      where number = ${number} and state <> ${ending.state} and late_outcome is null
        and (${ending.state} = 'succeeded' or attempts = ${attempt})
      returning state`;
    if (kept && kept.state !== 'unknown') await oweQuestion(transaction, number);
  });
  return false;
}

/** Lets nobody else append to an account's ledger until the transaction ends, of those who hold no lease on the account. */
export async function lockLedger(
  transaction: Transaction,
  { panel, accountId }: { readonly panel: string; readonly accountId: string },
): Promise<void> {
  await transaction`select pg_advisory_xact_lock(hashtextextended(${`ledger:${panel}/${accountId}`}, 0))`;
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
