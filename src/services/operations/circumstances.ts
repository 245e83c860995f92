import { actorId } from '../../domain/actor.ts';
import { CREDIT_VERBS, type OperationState } from '../../domain/operation.ts';
import type { Fragment, Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import type { GrantRow } from '../policy/grants.ts';
import { lockForCounting } from '../policy/limits.ts';
import { verbsOf } from './facets.ts';
import type { Statement, StoredRow } from './intent.ts';
import type { OperationPlan } from './plan.ts';

/** What is true at the moment in which an intent is stated, read under its locks. */
export interface Circumstances {
  existing: StoredRow | null;
  pressed_by: string | null;
  grants: GrantRow[];
  unknown_open: string | null;
  /** What it changes was changed after it was begun to plan: the balance by anyone, anything else by us. */
  moved: boolean;
  raised_by_actor: string;
  raised_on_target: string;
  repeat_number: string | null;
  repeat_actor: string | null;
  repeat_at: Date | null;
}

/** What counts as raised: everything that is done, may be done, or may yet be. */
const COUNTING: readonly OperationState[] = ['pending', 'unknown', 'awaiting_approval', 'succeeded'];

export async function readCircumstances(
  ctx: Context,
  { verb, plan, key, plannedAt }: Pick<Statement, 'verb' | 'plan' | 'key' | 'plannedAt'>,
  transaction: Transaction,
): Promise<Circumstances> {
  const actor = actorId(ctx.actor);
  const roleIds = ctx.actor.kind === 'member' ? [...ctx.actor.roleIds] : [];
  const panel = plan.panel.id;
  const accountId = plan.accountId ?? '';
  const delta = plan.delta?.minor.toString() ?? null;
  const movement = CREDIT_VERBS.has(verb.verb);
  const facet = verbsOf(verb.verb) as string[];
  const plannedForMs = performance.now() - plannedAt;
  const plannedSince = transaction`now() - make_interval(secs => ${plannedForMs / 1000})`;
  const [, [row]] = await Promise.all([
    plan.delta ? lockForCounting(transaction, { actorIds: [actor], panel, accountId: plan.accountId }) : null,
    transaction<Circumstances[]>`
      select
        (select to_jsonb(operations) from operations where key = ${key}) as existing,
        (select interaction_id from component_presses
          where key = ${ctx.press?.key ?? ''} and "group" = ${ctx.press?.group ?? ''}) as pressed_by,
        (select coalesce(jsonb_agg(grants order by id), '[]') from grants where revoked_at is null and (
          (subject_kind = 'user' and subject_id = ${actor}) or (subject_kind = 'role' and subject_id = any(${roleIds}::text[]))
        )) as grants,
        (select number from operations where panel = ${panel} and account_id = ${accountId} and state = 'unknown'
          and verb = any(${facet}::text[]) limit 1) as unknown_open,
        case when ${movement} then coalesce((
          select at > ${plannedSince} from ledger where panel = ${panel} and account_id = ${accountId} order by id desc limit 1
        ), false) else exists (
          select from operations where panel = ${panel} and account_id = ${accountId} and verb = any(${facet}::text[])
            and state = 'succeeded' and ended_at > ${plannedSince}
        ) end as moved,
        ${raised(transaction, plan, actor)},
        repeat.number as repeat_number, repeat.actor_id as repeat_actor, repeat.created_at as repeat_at
      from (select) as one
      left join lateral (
        select number, actor_id, created_at from operations
        where ${movement} and panel = ${panel} and account_id = ${accountId} and verb = ${verb.verb}
          and delta_minor = ${delta}::bigint and state in ('awaiting_approval', 'pending', 'succeeded', 'unknown')
          and created_at > now() - make_interval(mins => ${plan.repeatWindowMinutes})
        order by number desc limit 1
      ) as repeat on true`,
  ]);
  if (!row) throw new Error('the circumstances of an intent are always one row');
  return row;
}

/**
 * The columns of what was raised in the last day, by somebody (what they approved among it) and on the account by anyone. What waited for
 * an approval counts from then on, however long ago it was asked for.
 *
 * @param except The operation that it is asked for, where it is stored already.
 */
export function raised(transaction: Transaction, plan: OperationPlan, actor: string, except = 0): Fragment {
  const counts = plan.delta !== null;
  const day = transaction`now() - interval '24 hours'`;
  const raising = transaction`
    panel = ${plan.panel.id} and delta_minor > 0 and state = any(${COUNTING as string[]}::text[]) and number <> ${except}`;
  const sum = (of: Fragment) => transaction`
    coalesce((select sum(delta_minor) from operations where ${counts} and ${raising} and created_at > ${day} and ${of}), 0)
    + coalesce((
      -- Each by its number: what is approved in a day is little, what was done is much.
      select sum(earlier.delta_minor) from (
        select distinct operation from approvals where ${counts} and decision = 'approved' and at > ${day}
      ) as approved cross join lateral (
        select delta_minor from operations where number = approved.operation and ${raising} and created_at <= ${day} and ${of} offset 0
      ) as earlier
    ), 0)`;
  return transaction`
    ${sum(transaction`actor_id = ${actor}`)} + coalesce((
      select sum(approved.delta_minor) from approvals cross join lateral (
        select delta_minor from operations where number = approvals.operation and ${raising} offset 0
      ) as approved
      where ${counts} and user_id = ${actor} and decision = 'approved' and at > ${day}
    ), 0) as raised_by_actor,
    ${sum(transaction`account_id = ${plan.accountId ?? ''}`)} as raised_on_target`;
}
