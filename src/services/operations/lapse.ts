import type { Verb } from '../../domain/operation.ts';
import { recordAudit } from '../audit/record.ts';
import type { Services } from '../context.ts';
import { oweNotice } from '../notices/owe.ts';

interface LapsedRow {
  number: bigint;
  verb: Verb;
  actor_id: string;
  panel: string;
  account_id: string | null;
  member_id: string | null;
}

/**
 * Marks operations whose lease has lapsed as `unknown`: whoever worked on them is gone, and it cannot be said whether the panel
 * acted. By the database's clock alone.
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
    return rows.length;
  });
}
