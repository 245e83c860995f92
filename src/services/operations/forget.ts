/** Takes the personal values out of operations that are over: what was done stays, to whom it was done by name does not. */
import type { JsonValue } from '../../panels/panel.ts';
import type { Fragment, Sql, Transaction } from '../../store/connect.ts';
import { canonicalJson, jsonParameter } from '../json.ts';

/** Under these names stand personal values, wherever in the stored JSON: of accounts, and of what a member was written. */
const PERSONAL: ReadonlySet<string> = new Set([
  'email',
  'username',
  'typedUsername',
  'name',
  'firstName',
  'lastName',
  'externalId',
  'title',
  'text',
  'voucherCode',
  'memo',
]);

/** Longer than anything can be taken back, and than an answer can be owed. */
const OVER_HOURS = 48;

const BATCH = 500;

interface ForgettableRow {
  number: bigint;
  input: JsonValue;
  state_before: JsonValue;
  result: JsonValue;
  late_outcome: JsonValue;
}

/** Those that nobody needs these values of any more: ended for good, and past every time at which they could be taken back or go on. */
function isOver(sql: Sql | Transaction): Fragment {
  return sql`
    state in ('succeeded', 'failed') and doubt is null and lease_until is null
    and ended_at < now() - make_interval(hours => ${OVER_HOURS})
    -- Nothing is to be done when a voucher ends.
    and (due_at is null or due_at < now() or verb = 'voucher.create')
    and not exists (
      select from operations as further
      where further.linked_number = operations.number and further.state not in ('succeeded', 'failed')
    )`;
}

const notForgotten = (sql: Sql | Transaction) => sql`forgotten is distinct from 'done'`;

/**
 * Forgets the personal values of the operations that are over and that `which` selects, and marks the others, so that those follow once they
 * are over, too.
 */
export async function forgetOperations(
  sql: Sql | Transaction,
  which: Fragment,
): Promise<{ readonly forgotten: number; readonly later: number }> {
  const forgotten = await forgetOver(sql, which);
  const marked = await sql`update operations set forgotten = 'asked' where ${notForgotten(sql)} and ${which}`;
  return { forgotten, later: marked.count };
}

/**
 * Forgets the personal values of the operations that are over: those that were marked, and those that ended so many months ago.
 *
 * @returns of how many operations.
 */
export async function forgetOldOperations(sql: Sql | Transaction, months: number): Promise<number> {
  const marked = await forgetOver(sql, sql`forgotten = 'asked'`);
  return marked + (await forgetOver(sql, sql`ended_at < now() - make_interval(months => ${months})`));
}

async function forgetOver(sql: Sql | Transaction, which: Fragment): Promise<number> {
  for (let forgotten = 0; ; ) {
    const rows = await sql<ForgettableRow[]>`
      select number, input, state_before, result, late_outcome from operations
      where ${notForgotten(sql)} and ${isOver(sql)} and ${which} order by number limit ${BATCH}`;
    await storeForgotten(sql, rows);
    forgotten += rows.length;
    if (rows.length < BATCH) return forgotten;
  }
}

/** What the panel said of a failure may name somebody, and a hash of an address gives the address away to whoever guesses it. */
async function storeForgotten(sql: Sql | Transaction, rows: readonly ForgettableRow[]): Promise<void> {
  if (rows.length === 0) return;
  const forgotten = rows.map(({ number, ...values }) => ({
    number: number.toString(),
    ...Object.fromEntries(Object.entries(values).map(([column, value]) => [column, withoutPersonal(value)])),
    hash_kept: canonicalJson(withoutPersonal(values.input)) === canonicalJson(values.input),
  }));
  await sql`
    update operations set forgotten = 'done', failure_detail = null,
      input = kept.input, state_before = kept.state_before, result = kept.result, late_outcome = kept.late_outcome,
      input_hash = case when hash_kept then input_hash else 'forgotten' end
    from jsonb_to_recordset(${jsonParameter(sql, forgotten)}) as kept (
      number bigint, input jsonb, state_before jsonb, result jsonb, late_outcome jsonb, hash_kept boolean
    ) where operations.number = kept.number`;
  await forgetInSteps(sql, rows);
}

async function forgetInSteps(sql: Sql | Transaction, rows: readonly ForgettableRow[]): Promise<void> {
  const numbers = rows.map(({ number }) => number.toString());
  const steps = await sql<{ operation: bigint; name: string; result: JsonValue }[]>`
    select operation, name, result from operation_steps where operation = any(${numbers}::bigint[]) and result is not null`;
  for (const { operation, name, result } of steps) {
    await sql`
      update operation_steps set result = ${jsonParameter(sql, withoutPersonal(result))}
      where operation = ${operation} and name = ${name}`;
  }
}

/** The same JSON, with null in place of each personal value. */
export function withoutPersonal(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutPersonal(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      PERSONAL.has(name) && typeof item === 'string' ? null : withoutPersonal(item),
    ]),
  );
}
