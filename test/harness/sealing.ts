/** Sealing in tests: their databases share a server, whose other transactions keep rows from being sealed for as long as they run. */
import { setTimeout as delay } from 'node:timers/promises';
import { sealAudit } from '../../src/services/audit/seal.ts';
import type { Services } from '../../src/services/context.ts';

const PATIENCE_MS = 15_000;

/** Seals every row that is still to be sealed. @returns how many there were. */
export async function sealAll(services: Services): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  for (let sealed = 0; ; await delay(10)) {
    sealed += await sealAudit(services);
    if (!(await isOwed(services))) return sealed;
    if (performance.now() > until) throw new Error('a transaction runs for too long, so rows cannot be sealed');
  }
}

async function isOwed({ store: { sql } }: Services): Promise<boolean> {
  const [row] = await sql<{ owed: boolean }[]>`
    select exists (
      select from audit where (era, transaction_id, id) > coalesce(
        (select row(last.era, last.transaction_id, last.id) from audit_seals join audit as last on last.id = audit_id
          order by position desc limit 1),
        row(-1, 0::bigint, 0::bigint)
      )
    ) as owed`;
  return row?.owed ?? false;
}
