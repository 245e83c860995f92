import type { Verb } from '../../domain/operation.ts';
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
 * `unknown`, for it cannot be said whether the panel acted; one that was being settled is left for the next try. By the database's clock
 * alone.
 *
 * @returns how many there were.
 */
export async function lapseLeases(services: Services): Promise<number> {
  return services.store.sql.begin(async (transaction) => {
    const rows = await transaction<LapsedRow[]>`
      update operations set state = 'unknown', ended_at = now(), lease_until = null
      where number in (
        select number from operations where state = 'pending' and lease_until < now() order by number limit 100 for update skip locked
      ) and state = 'pending'
      returning number, verb, actor_id, panel, account_id, member_id`;
    for (const row of rows) {
      const operation = Number(row.number);
      const afterMs = settleAfterMsOf(services, row);
      await transaction`
        update operations set settle_at = now() + make_interval(secs => ${afterMs / 1000}) where number = ${row.number}`;
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
    const settling = await transaction`
      update operations set lease_until = null, settle_at = now()
      where number in (
        select number from operations where state = 'unknown' and lease_until < now() order by number limit 100 for update skip locked
      )`;
    return rows.length + settling.count;
  });
}
