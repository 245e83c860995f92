import type { Logger } from 'pino';
import type postgres from 'postgres';

/**
 * Begins a new era of the audit log where the rows that are there come from a database which had counted more transactions than this one:
 * it was restored from a dump. What is written from now on then still follows what was written before. To be called while nobody writes.
 */
export async function beginEraAfterRestore(sql: postgres.Sql, log: Logger): Promise<void> {
  const begun = await sql<{ era: number }[]>`
    insert into audit_eras (era)
    select current_audit_era() + 1 from audit
    where era = current_audit_era() and transaction_id >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    limit 1
    returning era`;
  for (const { era } of begun)
    log.warn({ era }, 'the database was restored from a dump: the audit log goes on in a new era');
}
