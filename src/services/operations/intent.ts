import { createHash, randomUUID } from 'node:crypto';
import { actorId } from '../../domain/actor.ts';
import type { LinkKind, Verb } from '../../domain/operation.ts';
import { Refusal, refuse } from '../../domain/refusal.ts';
import type { JsonValue } from '../../panels/panel.ts';
import type { Transaction } from '../../store/connect.ts';
import { approvalNeed, type NeedsApproval } from '../approvals/need.ts';
import { oweApproval } from '../approvals/owe.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { canonicalJson, jsonParameter, toStored } from '../json.ts';
import type { Lease } from './call.ts';
import { type Circumstances, readCircumstances } from './circumstances.ts';
import type { OperationPlan } from './plan.ts';
import type { OperationSummary } from './summary.ts';
import { SUMMARY_COLUMNS, type SummaryRow, toSummary } from './summary.ts';
import type { AnyVerb } from './verb.ts';

/** What is to be stated, under its key. */
export interface Statement {
  readonly verb: AnyVerb;
  readonly plan: OperationPlan;
  /** When the plan was begun, by `performance.now()`. */
  readonly plannedAt: number;
  readonly key: string;
  /** What it is to another operation. */
  readonly link: { readonly number: number; readonly kind: LinkKind } | null;
  /** Others may approve it, where it needs that. */
  readonly approvable: boolean;
}

/** A stored intent: from here on the panel may be asked, under this lease. */
export interface Stated {
  readonly kind: 'stated';
  readonly operation: OperationSummary;
  readonly lease: Lease;
}

/** What stands in the way, or was there before. */
export type Intent =
  | Stated
  | { readonly kind: 'stored'; readonly operation: OperationSummary; readonly row: StoredRow }
  | { readonly kind: 'repeat'; readonly repeat: Repeat }
  | { readonly kind: 'busy'; readonly number: number | null }
  /** What it was planned with is not what it was. */
  | { readonly kind: 'moved' }
  /** It waits for somebody's approval. */
  | { readonly kind: 'waiting'; readonly operation: OperationSummary }
  /** It needs an approval, and was not stated: ask whether others can give it. */
  | { readonly kind: 'needs_approval'; readonly need: NeedsApproval };

export interface Repeat {
  readonly verb: Verb;
  readonly number: number;
  readonly actorId: string;
  readonly at: Date;
}

/** An operation that was found under the same key. */
export interface StoredRow extends SummaryRow {
  input_hash: string;
  state_before: JsonValue;
  result: JsonValue;
  failure: string | null;
  failure_detail: string | null;
}

/** Thrown inside the transaction so that nothing of it stays, and caught around it. */
class Busy extends Error {}

/**
 * States an intent, in one short transaction: what was true in memory is read again under locks (grants, limits, the press), then
 * the `pending` row goes in, which is the account's lock; or a row that waits for an approval, which locks nothing.
 *
 * @throws Refusal when the actor may not after all, an operation of the same facet on the account is `unknown`, the press was used, or
 * the key was used for something else.
 */
export async function stateIntent(ctx: Context, statement: Statement): Promise<Intent> {
  const { plan, key } = statement;
  const hash = inputHash(statement);
  const token = randomUUID();
  const takenAt = performance.now();
  try {
    return await ctx.store.sql.begin(async (transaction): Promise<Intent> => {
      const circumstances = await readCircumstances(ctx, statement, transaction);
      if (circumstances.pressed_by && circumstances.pressed_by !== ctx.press?.interactionId)
        throw refuse('press.used', {});
      if (circumstances.existing) return storedIntent(circumstances.existing, hash);
      if (circumstances.moved) return { kind: 'moved' };
      const need = approvalNeed(ctx, statement.verb.verb, plan, circumstances, statement.link !== null);
      if (need && !statement.approvable) return { kind: 'needs_approval', need };
      if (circumstances.unknown_open)
        throw refuse('operation.unknown_open', { number: Number(circumstances.unknown_open) });
      const repeat = repeatOf(statement, circumstances);
      if (repeat && !ctx.confirmed) return { kind: 'repeat', repeat };
      const operation = await insert(ctx, statement, { hash, token, need }, transaction);
      if (need) return { kind: 'waiting', operation };
      return {
        kind: 'stated',
        operation,
        lease: { number: operation.number, token, reference: key, attempt: 1, takenAt },
      };
    });
  } catch (error) {
    if (error instanceof Busy) return busy(ctx, statement);
    const stated = error instanceof Refusal ? null : await statedAfterAll(ctx, key, { token, takenAt });
    if (stated) return stated;
    throw error;
  }
}

/** The connection may be lost when the store has committed and not yet said so: nobody but this attempt has its token. */
async function statedAfterAll(
  ctx: Context,
  key: string,
  { token, takenAt }: { readonly token: string; readonly takenAt: number },
): Promise<Intent | null> {
  const { sql } = ctx.store;
  const [row] = await sql<SummaryRow[]>`
    select ${sql(SUMMARY_COLUMNS)} from operations where key = ${key} and attempt_token = ${token}`;
  if (!row) return null;
  const operation = toSummary(row);
  if (operation.state === 'awaiting_approval') return { kind: 'waiting', operation };
  return { kind: 'stated', operation, lease: { number: operation.number, token, reference: key, attempt: 1, takenAt } };
}

/** What is stored under a key, if anything: for an interaction that was delivered again. */
export async function storedIntentOf(ctx: Context, key: string): Promise<Extract<Intent, { kind: 'stored' }> | null> {
  const [row] = await ctx.store.sql<StoredRow[]>`select * from operations where key = ${key}`;
  return row ? { kind: 'stored', operation: toSummary(row), row } : null;
}

function storedIntent(row: StoredRow, hash: string): Intent {
  if (row.input_hash !== hash) throw refuse('operation.key_reused', {});
  return { kind: 'stored', operation: toSummary(row), row };
}

/** What takes another operation back is meant for that one, and is no repeat of anything. */
function repeatOf({ verb, link }: Statement, row: Circumstances): Repeat | null {
  if (link || !row.repeat_number || !row.repeat_actor || !row.repeat_at) return null;
  return { verb: verb.verb, number: Number(row.repeat_number), actorId: row.repeat_actor, at: row.repeat_at };
}

async function insert(
  ctx: Context,
  statement: Statement,
  { hash, token, need }: { readonly hash: string; readonly token: string; readonly need: NeedsApproval | null },
  transaction: Transaction,
): Promise<OperationSummary> {
  const { verb, plan, key, link } = statement;
  const lease = need ? transaction`null` : transaction`now() + make_interval(secs => ${ctx.timing.leaseMs / 1000})`;
  const dueAt = need ? need.until : plan.dueAt;
  const inserted = transaction<SummaryRow[]>`
    insert into operations (
      key, input_hash, verb, state, actor_id, panel, account_id, member_id, input, state_before, reason,
      delta_minor, unit_code, unit_scale, attempt_token, lease_until, due_at, linked_number, link_kind,
      approval_because, approvals_needed
    ) values (
      ${key}, ${hash}, ${verb.verb}, ${need ? 'awaiting_approval' : 'pending'}, ${actorId(ctx.actor)}, ${plan.panel.id},
      ${plan.accountId}, ${plan.memberId}, ${jsonParameter(transaction, toStored(plan.input))},
      ${jsonParameter(transaction, toStored(plan.before))}, ${plan.reason},
      ${plan.delta?.minor.toString() ?? null}::bigint, ${plan.delta?.unit.code ?? null}, ${plan.delta?.unit.scale ?? null}, ${token},
      ${lease}, ${dueAt}, ${link?.number ?? null}, ${link?.kind ?? null},
      ${need && jsonParameter(transaction, toStored({ code: need.refusal.code, parameters: need.refusal.parameters }))}, ${need?.approvers ?? null}
    )
    on conflict do nothing
    returning ${transaction(SUMMARY_COLUMNS)}`;
  const statements: Promise<unknown>[] = [inserted.then(() => undefined)];
  if (ctx.press) statements.push(consumePress(ctx, transaction));
  if (ctx.owe) statements.push(ctx.owe(transaction, key));
  await Promise.all(statements);
  const [row] = await inserted;
  // Somebody took it back at the same moment; or the account is being worked on.
  if (!row) throw new Busy();
  const operation = toSummary(row);
  if (need) await oweApproval(ctx, transaction, operation, need);
  return operation;
}

/** The operation that has the account. @throws Refusal `undo.done` when somebody else has taken back the same one */
async function busy(
  { store: { sql } }: Context,
  { plan, key, link }: Statement,
): Promise<Extract<Intent, { kind: 'busy' }>> {
  const undone = link?.kind === 'undo' ? link.number : null;
  const [row] = await sql<{ number: bigint | null; undone: boolean }[]>`
    select
      (select number from operations
        where panel = ${plan.panel.id} and account_id = ${plan.accountId} and lease_until is not null) as number,
      exists (
        select from operations where linked_number = ${undone} and link_kind = 'undo' and state <> 'failed' and key <> ${key}
      ) as undone`;
  if (undone !== null && row?.undone) throw refuse('undo.done', { number: undone });
  return { kind: 'busy', number: row?.number ? Number(row.number) : null };
}

/** The same key with another hash is a mistake somewhere, and is refused. */
function inputHash({ verb, plan }: Statement): string {
  const what = { verb: verb.verb, panel: plan.panel.id, account: plan.accountId, input: toStored(plan.input) };
  return createHash('sha256').update(canonicalJson(what)).digest('hex');
}
