import { createHash, randomUUID } from 'node:crypto';
import { actorId } from '../../domain/actor.ts';
import { CREDIT_VERBS, type OperationState, type Verb } from '../../domain/operation.ts';
import type { Permission } from '../../domain/permission.ts';
import { Refusal, refuse } from '../../domain/refusal.ts';
import type { JsonValue } from '../../panels/panel.ts';
import type { Transaction } from '../../store/connect.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { canonicalJson, jsonParameter, toStored } from '../json.ts';
import { decide } from '../policy/decide.ts';
import { type GrantRow, standingOf, toGrant } from '../policy/grants.ts';
import { checkLimits, lockForCounting } from '../policy/limits.ts';
import type { OperationPlan } from './plan.ts';
import type { OperationSummary } from './summary.ts';
import { SUMMARY_COLUMNS, type SummaryRow, toSummary } from './summary.ts';

/** A stored intent: from here on the panel may be asked, under this token and until the lease ends. */
export interface Stated {
  readonly kind: 'stated';
  readonly operation: OperationSummary;
  readonly token: string;
}

/** What stands in the way, or was there before. */
export type Intent =
  | Stated
  | { readonly kind: 'stored'; readonly operation: OperationSummary; readonly row: StoredRow }
  | { readonly kind: 'repeat'; readonly repeat: Repeat }
  | { readonly kind: 'busy'; readonly number: number | null };

export interface Repeat {
  readonly number: number;
  readonly actorId: string;
  readonly at: Date;
}

/** An operation that was found under the same key. */
export interface StoredRow extends SummaryRow {
  input_hash: string;
  result: JsonValue;
  failure: string | null;
  failure_detail: string | null;
}

interface Circumstances {
  existing: StoredRow | null;
  pressed_by: string | null;
  grants: GrantRow[];
  unknown_open: string | null;
  raised_by_actor: string;
  raised_on_target: string;
  repeat_number: string | null;
  repeat_actor: string | null;
  repeat_at: Date | null;
}

/** Thrown inside the transaction so that nothing of it stays, and caught around it. */
class Busy extends Error {}

/**
 * States an intent, in one short transaction: what was true in memory is read again under locks (grants, limits, the press), then
 * the `pending` row goes in, which is the account's lock.
 *
 * @throws Refusal when the actor may not after all, a limit is passed, a credit operation on the account is `unknown`, the press was
 * used, or the key was used for something else.
 */
export async function stateIntent(ctx: Context, plan: OperationPlan, key: string): Promise<Intent> {
  const hash = inputHash(plan);
  const token = randomUUID();
  try {
    return await ctx.store.sql.begin(async (transaction) => {
      const circumstances = await readCircumstances(ctx, plan, key, transaction);
      if (circumstances.pressed_by && circumstances.pressed_by !== ctx.press?.interactionId)
        throw refuse('press.used', {});
      if (circumstances.existing) return storedIntent(circumstances.existing, hash);
      checkPolicy(ctx, plan, circumstances);
      if (circumstances.unknown_open)
        throw refuse('operation.unknown_open', { number: Number(circumstances.unknown_open) });
      const repeat = repeatOf(circumstances);
      if (repeat && !ctx.confirmed) return { kind: 'repeat', repeat } as const;
      return await insertPending(ctx, plan, { key, hash, token }, transaction);
    });
  } catch (error) {
    if (error instanceof Busy) return { kind: 'busy', number: await pendingNumber(ctx, plan) };
    const stated = error instanceof Refusal ? null : await statedAfterAll(ctx, key, token);
    if (stated) return stated;
    throw error;
  }
}

/** The connection may be lost when the store has committed and not yet said so: nobody but this attempt has its token. */
async function statedAfterAll(ctx: Context, key: string, token: string): Promise<Stated | null> {
  const { sql } = ctx.store;
  const [row] = await sql<SummaryRow[]>`
    select ${sql(SUMMARY_COLUMNS)} from operations where key = ${key} and attempt_token = ${token}`;
  return row ? { kind: 'stated', operation: toSummary(row), token } : null;
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

function repeatOf(row: Circumstances): Repeat | null {
  if (!row.repeat_number || !row.repeat_actor || !row.repeat_at) return null;
  return { number: Number(row.repeat_number), actorId: row.repeat_actor, at: row.repeat_at };
}

/** Grants as they are now, under the transaction's eyes: a right that was taken a moment ago is gone. */
function checkPolicy(ctx: Context, plan: OperationPlan, circumstances: Circumstances): void {
  if (ctx.actor.kind === 'system') return;
  const standing = standingOf(circumstances.grants.map(toGrant), ctx.actor, ctx.ownerIds);
  for (const permission of plan.permissions) {
    const decision = decide(standing, permission, { target: plan.target, panel: plan.panel.id });
    if (!decision.allowed) throw decision.refusal;
    if (!plan.delta || standing.owner || !LIMITED.has(permission)) continue;
    const raised = { byActor: BigInt(circumstances.raised_by_actor), onTarget: BigInt(circumstances.raised_on_target) };
    checkLimits(decision.grants, plan.delta, raised);
  }
}

/** The permissions whose grants carry limits. */
const LIMITED: ReadonlySet<Permission> = new Set(['credits.grant', 'credits.deduct', 'credits.set']);

/** What counts as raised: everything that is done, may be done, or may yet be. */
const COUNTING: readonly OperationState[] = ['pending', 'unknown', 'awaiting_approval', 'succeeded'];

const credits: readonly Verb[] = [...CREDIT_VERBS];

async function readCircumstances(
  ctx: Context,
  plan: OperationPlan,
  key: string,
  transaction: Transaction,
): Promise<Circumstances> {
  const actor = actorId(ctx.actor);
  const roleIds = ctx.actor.kind === 'member' ? [...ctx.actor.roleIds] : [];
  const panel = plan.panel.id;
  const accountId = plan.accountId ?? '';
  const delta = plan.delta?.minor.toString() ?? null;
  const counts = plan.delta !== null;
  const raising = transaction`
    delta_minor > 0 and created_at > now() - interval '24 hours' and state = any(${COUNTING as string[]}::text[])`;
  const [, [row]] = await Promise.all([
    plan.delta ? lockForCounting(transaction, { actorId: actor, panel, accountId: plan.accountId }) : null,
    transaction<Circumstances[]>`
      select
        (select to_jsonb(operations) from operations where key = ${key}) as existing,
        (select interaction_id from component_presses
          where key = ${ctx.press?.key ?? ''} and "group" = ${ctx.press?.group ?? ''}) as pressed_by,
        (select coalesce(jsonb_agg(grants order by id), '[]') from grants where revoked_at is null and (
          (subject_kind = 'user' and subject_id = ${actor}) or (subject_kind = 'role' and subject_id = any(${roleIds}::text[]))
        )) as grants,
        (select number from operations where panel = ${panel} and account_id = ${accountId} and state = 'unknown'
          and verb = any(${credits as string[]}::text[]) and ${CREDIT_VERBS.has(plan.verb)} limit 1) as unknown_open,
        coalesce(by_actor.minor, 0) as raised_by_actor, coalesce(on_target.minor, 0) as raised_on_target,
        repeat.number as repeat_number, repeat.actor_id as repeat_actor, repeat.created_at as repeat_at
      from (select) as one
      left join lateral (
        select sum(delta_minor) as minor from operations
        where ${counts} and actor_id = ${actor} and panel = ${panel} and ${raising}
      ) as by_actor on true
      left join lateral (
        select sum(delta_minor) as minor from operations
        where ${counts} and panel = ${panel} and account_id = ${accountId} and ${raising}
      ) as on_target on true
      left join lateral (
        select number, actor_id, created_at from operations
        where ${CREDIT_VERBS.has(plan.verb)} and panel = ${panel} and account_id = ${accountId} and verb = ${plan.verb}
          and delta_minor = ${delta}::bigint and state in ('pending', 'succeeded', 'unknown')
          and created_at > now() - make_interval(mins => ${plan.repeatWindowMinutes})
        order by number desc limit 1
      ) as repeat on true`,
  ]);
  if (!row) throw new Error('the circumstances of an intent are always one row');
  return row;
}

async function insertPending(
  ctx: Context,
  plan: OperationPlan,
  { key, hash, token }: { key: string; hash: string; token: string },
  transaction: Transaction,
): Promise<Stated> {
  const statements: Promise<unknown>[] = [];
  const inserted = transaction<SummaryRow[]>`
    insert into operations (
      key, input_hash, verb, state, actor_id, panel, account_id, member_id, input, state_before, reason,
      delta_minor, unit_code, unit_scale, attempt_token, lease_until
    ) values (
      ${key}, ${hash}, ${plan.verb}, 'pending', ${actorId(ctx.actor)}, ${plan.panel.id}, ${plan.accountId}, ${plan.memberId},
      ${jsonParameter(transaction, toStored(plan.input))}, ${jsonParameter(transaction, toStored(plan.before))}, ${plan.reason},
      ${plan.delta?.minor.toString() ?? null}::bigint, ${plan.delta?.unit.code ?? null}, ${plan.delta?.unit.scale ?? null}, ${token},
      now() + make_interval(secs => ${ctx.timing.leaseMs / 1000})
    )
    on conflict do nothing
    returning ${transaction(SUMMARY_COLUMNS)}`;
  statements.push(inserted.then(() => undefined));
  if (ctx.press) statements.push(consumePress(ctx, transaction));
  if (ctx.owe) statements.push(ctx.owe(transaction, key));
  await Promise.all(statements);
  const [row] = await inserted;
  if (!row) throw new Busy();
  return { kind: 'stated', operation: toSummary(row), token };
}

async function pendingNumber(ctx: Context, plan: OperationPlan): Promise<number | null> {
  const [row] = await ctx.store.sql<{ number: string }[]>`
    select number from operations where panel = ${plan.panel.id} and account_id = ${plan.accountId} and state = 'pending'`;
  return row ? Number(row.number) : null;
}

/** The same key with another hash is a mistake somewhere, and is refused. */
function inputHash(plan: OperationPlan): string {
  const what = { verb: plan.verb, panel: plan.panel.id, account: plan.accountId, input: toStored(plan.input) };
  return createHash('sha256').update(canonicalJson(what)).digest('hex');
}
