import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Fragment, Sql } from '../../store/connect.ts';
import type { Services } from '../context.ts';
import { type OperationSummary, SUMMARY_COLUMNS, type SummaryRow, toSummary } from '../operations/summary.ts';

/** A deletion whose grace runs. */
export interface ScheduledDeletion {
  readonly operation: OperationSummary;
  /** The status to which keeping the account returns: what it had before, or was given for something else since. */
  readonly status: 'active' | 'suspended';
}

/**
 * That of the operation `scheduled` it is true: it scheduled a deletion, which was neither called off nor carried out, and the account was
 * not deleted and restored by other ways since.
 */
export function stillScheduled(sql: Sql): Fragment {
  return sql`
    scheduled.verb = 'account.schedule_deletion' and scheduled.state = 'succeeded' and not exists (
      select from operations as later
      where later.panel = scheduled.panel and later.account_id = scheduled.account_id and later.state = 'succeeded'
        and later.verb in ('account.delete', 'account.restore') and (later.ended_at, later.number) > (scheduled.ended_at, scheduled.number)
    ) and not exists (
      select from operations as linked
      where linked.linked_number = scheduled.number and (linked.state <> 'failed' or linked.link_kind = 'correction')
    )`;
}

/** The scheduled deletion of an account that was neither called off nor carried out; null where there is none. */
export async function scheduledDeletion(
  { store: { sql } }: Pick<Services, 'store'>,
  { panel, accountId }: AccountReference,
): Promise<ScheduledDeletion | null> {
  const [row] = await sql<(SummaryRow & { status: string | null })[]>`
    select ${sql(SUMMARY_COLUMNS)}, coalesce((
        select case verb when 'account.suspend' then 'suspended' else 'active' end from operations as later
        where later.panel = scheduled.panel and later.account_id = scheduled.account_id and later.state = 'succeeded'
          and later.verb in ('account.suspend', 'account.unsuspend') and (later.ended_at, later.number) > (scheduled.ended_at, scheduled.number)
        order by later.ended_at desc, later.number desc limit 1
      ), state_before ->> 'status') as status
    from operations as scheduled
    where panel = ${panel} and account_id = ${accountId} and ${stillScheduled(sql)}
    order by number desc limit 1`;
  if (!row) return null;
  return { operation: toSummary(row), status: row.status === 'suspended' ? 'suspended' : 'active' };
}

/** @throws Refusal `deletion.scheduled` */
export async function refuseScheduled(services: Pick<Services, 'store'>, target: AccountReference): Promise<void> {
  const { number, dueAt } = (await scheduledDeletion(services, target))?.operation ?? {};
  if (number !== undefined && dueAt) throw refuse('deletion.scheduled', { number, at: dueAt });
}
