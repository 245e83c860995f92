import type { OperationState, Verb } from '../../domain/operation.ts';
import type { Transaction } from '../../store/connect.ts';
import { recordAudit } from '../audit/record.ts';
import type { Services } from '../context.ts';
import { oweNotice } from '../notices/owe.ts';
import { settleAfterMsOf } from './verbs.ts';

interface LapsedRow {
  number: bigint;
  verb: Verb;
  actor_id: string;
  panel: string;
  account_id: string | null;
  member_id: string | null;
}

/**
 * Takes back the leases that have ended: whoever worked on those operations is gone, or has stood still. A `pending` one becomes
 * `unknown`, for it cannot be said whether the panel acted. Of one that was being settled that is known already, but it may have been tried
 * once more: it, too, is looked at when the panel cannot act late any more. By the database's clock alone.
 *
 * @returns how many there were.
 */
export async function lapseLeases(services: Services): Promise<number> {
  return services.store.sql.begin(async (transaction) => {
    const lapsed = await takeBack(services, transaction, 'pending');
    for (const row of lapsed) await recordLapse(transaction, row);
    const settling = await takeBack(services, transaction, 'unknown');
    return lapsed.length + settling.length;
  });
}

async function takeBack(
  services: Services,
  transaction: Transaction,
  state: Extract<OperationState, 'pending' | 'unknown'>,
): Promise<readonly LapsedRow[]> {
  const rows = await transaction<LapsedRow[]>`
    update operations set state = 'unknown', lease_until = null, ended_at = case state when 'pending' then now() else ended_at end
    where number in (
      select number from operations where state = ${state} and lease_until < now() order by number limit 100 for update skip locked
    ) and state = ${state}
    returning number, verb, actor_id, panel, account_id, member_id`;
  for (const row of rows) {
    const afterMs = settleAfterMsOf(services, row);
    await transaction`
      update operations set settle_at = now() + make_interval(secs => ${afterMs / 1000}) where number = ${row.number}`;
  }
  return rows;
}

async function recordLapse(transaction: Transaction, row: LapsedRow): Promise<void> {
  const operation = Number(row.number);
  await recordAudit(transaction, {
    actorId: row.actor_id,
    action: row.verb,
    outcome: 'unknown',
    panel: row.panel,
    accountId: row.account_id,
    memberId: row.member_id,
    operation,
    facts: { lapsed: true },
  });
  await oweNotice(transaction, { kind: 'operation', operation });
}
