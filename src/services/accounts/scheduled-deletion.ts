import type { AccountReference } from '../../domain/account.ts';
import type { Fragment, Sql } from '../../store/connect.ts';
import type { Services } from '../context.ts';
import { type OperationSummary, SUMMARY_COLUMNS, type SummaryRow, toSummary } from '../operations/summary.ts';

/** A deletion whose grace runs. */
export interface ScheduledDeletion {
  readonly operation: OperationSummary;
  /** The status of the account before it was scheduled, to which keeping it returns. */
  readonly status: 'active' | 'suspended';
}

/** That of the operation `scheduled` it is true: it scheduled a deletion, which was neither called off nor carried out. */
export function stillScheduled(sql: Sql): Fragment {
  return sql`
    scheduled.verb = 'account.schedule_deletion' and scheduled.state = 'succeeded' and not exists (
      select from operations as linked
      where linked.linked_number = scheduled.number and (linked.state <> 'failed' or linked.link_kind = 'correction')
    )`;
}

/** The scheduled deletion of an account that was neither called off nor carried out; null where there is none. */
export async function scheduledDeletion(
  { store: { sql } }: Pick<Services, 'store'>,
  { panel, accountId }: AccountReference,
): Promise<ScheduledDeletion | null> {
  const [row] = await sql<(SummaryRow & { status_before: string | null })[]>`
    select ${sql(SUMMARY_COLUMNS)}, state_before ->> 'status' as status_before from operations as scheduled
    where panel = ${panel} and account_id = ${accountId} and ${stillScheduled(sql)}
    order by number desc limit 1`;
  if (!row) return null;
  return { operation: toSummary(row), status: row.status_before === 'suspended' ? 'suspended' : 'active' };
}
