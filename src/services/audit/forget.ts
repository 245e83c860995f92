import { actorId } from '../../domain/actor.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { isFirstTime } from '../components/first-time.ts';
import { consumePress } from '../components/press.ts';
import type { Context, Services } from '../context.ts';
import { forgetOldOperations, forgetOperations } from '../operations/forget.ts';
import { recordAudit } from './record.ts';

/** What was forgotten of somebody. */
export interface Forgotten {
  /** Rows of the audit log whose personal part went. */
  readonly rows: number;
  /** Operations whose personal values went. */
  readonly operations: number;
  /** Operations whose personal values go as soon as they cannot be taken back any more. */
  readonly later: number;
}

const ACTION = 'audit.forget';
/** Holds the address that was typed, and not whose it is. */
const LOOKUP = 'account.lookup';

/**
 * Forgets the personal values of whoever asks for it: those beside the audit log, whose chain stays whole, those in operations that are
 * over, how they wish to be told of things, and the password that they have not seen yet. The same request delivered again forgets nothing more.
 */
export async function forgetOneself(ctx: Context): Promise<Forgotten> {
  if (ctx.actor.kind !== 'member') throw refuse('policy.denied', { permission: null });
  const { userId } = ctx.actor;
  return ctx.store.sql.begin(async (transaction) => {
    await consumePress(ctx, transaction);
    if (!(await isFirstTime(ctx, ACTION, transaction))) return lastForgotten(transaction, userId);
    return forgetPerson(transaction, userId);
  });
}

/** Forgets the personal values of a Discord user and of the accounts that are linked to them. */
async function forgetPerson(transaction: Transaction, userId: string): Promise<Forgotten> {
  const accounts = await transaction<{ panel: string; account_id: string }[]>`
    select panel, account_id from links where user_id = ${userId} and removed_at is null`;
  const panels = accounts.map(({ panel }) => panel);
  const ids = accounts.map(({ account_id }) => account_id);
  const theirs = transaction`
    (member_id = ${userId} or (panel, account_id) in (select * from unnest(${panels}::text[], ${ids}::text[])))`;
  const { count: rows } = await transaction`
    with addresses as (
      select lower(email) as email from directory
      where (panel, account_id) in (select * from unnest(${panels}::text[], ${ids}::text[]))
      union select lower(email #>> '{}') from audit join audit_personal on audit.id = audit_id,
        jsonb_path_query(values, '$.**.email') as email where ${theirs}
    )
    delete from audit_personal using audit
    where audit.id = audit_id and (${theirs} or action = ${LOOKUP} and lower(values ->> 'email') in (select email from addresses))`;
  await transaction`delete from people where user_id = ${userId}`;
  await transaction`
    delete from secrets where user_id = ${userId} or operation in (select number from operations where ${theirs})`;
  const { forgotten: operations, later } = await forgetOperations(transaction, theirs);
  const forgotten = { rows, operations, later };
  await recordAudit(transaction, {
    actorId: userId,
    action: ACTION,
    outcome: 'succeeded',
    memberId: userId,
    facts: forgotten,
  });
  return forgotten;
}

async function lastForgotten(transaction: Transaction, userId: string): Promise<Forgotten> {
  const [row] = await transaction<{ facts: Forgotten }[]>`
    select facts from audit where action = ${ACTION} and actor_id = ${userId} and member_id = ${userId} order by id desc limit 1`;
  return row ? row.facts : { rows: 0, operations: 0, later: 0 };
}

/**
 * Forgets what is older than the team keeps it, and what was still needed when somebody was forgotten.
 *
 * @returns how many rows of the audit log and operations lost their personal values.
 */
export async function forgetOld({
  store,
  settings,
}: Pick<Services, 'store' | 'settings'>): Promise<Omit<Forgotten, 'later'>> {
  const { sql } = store;
  const months = settings.current().personalMonths;
  const old = await sql`
    delete from audit_personal using audit where audit.id = audit_id and at < now() - make_interval(months => ${months})`;
  const operations = await forgetOldOperations(sql, months);
  const left = await sql`
    delete from audit_personal using audit, operations
    where audit.id = audit_id and operations.number = audit.operation and forgotten = 'done'`;
  const forgotten = { rows: old.count + left.count, operations };
  if (forgotten.rows + operations > 0) {
    await sql.begin((transaction) =>
      recordAudit(transaction, {
        actorId: actorId({ kind: 'system', name: 'forget' }),
        action: ACTION,
        outcome: 'succeeded',
        facts: { ...forgotten, months },
      }),
    );
  }
  return forgotten;
}
