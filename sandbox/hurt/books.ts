import { formatAmount, formatDelta } from '../../src/domain/money.ts';
import type { OperationState } from '../../src/domain/operation.ts';
import { UNIT } from '../../src/panels/builtin/fields.ts';
import type { Sql } from '../../src/store/connect.ts';
import { PANEL } from '../panel.ts';
import type { BooksView, MovementView } from './protocol.ts';
import { type OpenOperation, verdictOn } from './verdict.ts';

/** How many movements are shown. */
const SHOWN = 12;

interface MovementRow {
  key: string;
  at: Date;
  username: string | null;
  number: bigint | null;
  state: OperationState | null;
  asks: boolean;
  ours_minor: bigint | null;
  before_minor: bigint | null;
  after_minor: bigint | null;
}

interface TotalsRow {
  movements: number;
  ours_minor: bigint;
  journal_minor: bigint;
  accounts_that_differ: number;
  open: OpenOperation[];
}

/** Reads both books of the built-in panel side by side: what Steward has written, and what the panel itself has. */
export async function readBooks(sql: Sql): Promise<BooksView> {
  const [rows, [totals]] = await Promise.all([readMovements(sql), readTotals(sql)]);
  if (!totals) throw new Error('totals are always one row');
  const amount = formatDelta({ minor: totals.ours_minor, unit: UNIT });
  return {
    verdict: verdictOn({
      isEqual: totals.accounts_that_differ === 0,
      movements: totals.movements,
      amount,
      difference: formatDelta({ minor: totals.journal_minor - totals.ours_minor, unit: UNIT }),
      open: totals.open,
    }),
    movements: rows.map(toMovement),
  };
}

/** The panel knows a change by the key that it was given; one that was ruled out before it came has moved nothing. */
const journalOf = (sql: Sql) => sql`
  select reference, account_id, at, balance_before_minor as before_minor, balance_after_minor as after_minor
  from builtin_receipts where balance_after_minor is not null`;

function readMovements(sql: Sql) {
  return sql<MovementRow[]>`
    select coalesce(o.key, journal.reference) as key, coalesce(o.created_at, journal.at) as at,
      account.username, o.number, o.state, o.doubt is not null as asks,
      ours.delta_minor as ours_minor, journal.before_minor, journal.after_minor
    from operations o
    full join (${journalOf(sql)}) as journal on journal.reference = o.key
    left join ledger ours on ours.operation = o.number and ours.kind = 'ours'
    left join builtin_accounts account on account.id::text = coalesce(o.account_id, journal.account_id::text)
    where coalesce(o.panel, ${PANEL.id}) = ${PANEL.id} and (ours.id is not null or journal.reference is not null
      or (o.state in ('pending', 'unknown') and o.delta_minor is not null))
    order by at desc, key desc limit ${SHOWN}`;
}

function readTotals(sql: Sql) {
  return sql<TotalsRow[]>`
    with ours as (
      select account_id, count(*)::integer as movements, sum(delta_minor) as minor
      from ledger where kind = 'ours' and panel = ${PANEL.id} group by account_id
    ), journal as (
      select account_id::text, sum(after_minor - before_minor) as minor
      from (${journalOf(sql)}) as moved group by account_id
    )
    select
      coalesce(sum(ours.movements), 0)::integer as movements,
      coalesce(sum(ours.minor), 0)::bigint as ours_minor,
      coalesce(sum(journal.minor), 0)::bigint as journal_minor,
      count(*) filter (where ours.minor is distinct from journal.minor)::integer as accounts_that_differ,
      (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'state', state, 'asks', doubt is not null) order by number), '[]')
        from operations where state in ('pending', 'unknown') and panel = ${PANEL.id}) as open
    from ours full join journal using (account_id)`;
}

function toMovement(row: MovementRow): MovementView {
  const { before_minor: before, after_minor: after } = row;
  return {
    key: row.key,
    atMs: row.at.getTime(),
    account: row.username ?? 'a new account',
    ledger: row.number === null ? null : { operation: `#${row.number}`, ...ledgerWords(row) },
    journal:
      before === null || after === null
        ? null
        : {
            amount: formatDelta({ minor: after - before, unit: UNIT }),
            before: formatAmount({ minor: before, unit: UNIT }),
            after: formatAmount({ minor: after, unit: UNIT }),
          },
  };
}

function ledgerWords({ state, asks, ours_minor: minor }: MovementRow) {
  return {
    state: stateWords(state, asks),
    amount: minor === null ? null : formatDelta({ minor, unit: UNIT }),
  };
}

function stateWords(state: OperationState | null, asks: boolean): string {
  if (asks) return 'asks a person';
  switch (state) {
    case 'succeeded':
      return 'done';
    case 'unknown':
      return 'not known yet';
    case 'pending':
      return 'under way';
    default:
      return 'not done';
  }
}
