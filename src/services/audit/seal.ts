import { createHmac, hkdfSync } from 'node:crypto';
import type { Services } from '../context.ts';
import { canonicalJson, toStored } from '../json.ts';

/** Rows sealed in one transaction. */
const BATCH = 1_000;

const LOCK = 'steward:audit-sealer';

export interface AuditRow {
  id: bigint;
  at: Date;
  actor_id: string;
  action: string;
  outcome: string;
  panel: string | null;
  account_id: string | null;
  member_id: string | null;
  operation: bigint | null;
  facts: unknown;
  personal_digest: Uint8Array | null;
  transaction_id: bigint;
  era: number;
}

/** The columns of {@link AuditRow}. */
export const AUDIT_COLUMNS = [
  'id',
  'at',
  'actor_id',
  'action',
  'outcome',
  'panel',
  'account_id',
  'member_id',
  'operation',
  'facts',
  'personal_digest',
  'transaction_id',
  'era',
] as const;

/** A link of the chain. */
export interface SealRow {
  position: bigint;
  seal: Uint8Array;
}

/** What stands before the first row in place of a seal. */
export const NO_SEAL: Uint8Array = new Uint8Array(32);

/** The key of the chain, derived from the secret key for this one use. */
export function sealingKey(secretKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'steward audit chain', 32));
}

/**
 * The seal of a row: over the seal before it and everything the row says. The first era says nothing of itself: its first rows were sealed
 * before there were others.
 */
export function sealOf(key: Uint8Array, previous: Uint8Array, { era, ...row }: AuditRow): Buffer {
  const digest = row.personal_digest ? Buffer.from(row.personal_digest).toString('hex') : null;
  const said = { ...row, personal_digest: digest, ...(era === 0 ? {} : { era }) };
  return createHmac('sha256', key)
    .update(previous)
    .update(canonicalJson(toStored(said)))
    .digest();
}

/**
 * Chains the audit rows that are surely visible: those of transactions below the oldest one still running, and those of earlier eras, in
 * the order of their transactions, so that no row can come to stand before one already sealed. One process at a time.
 *
 * @returns how many rows were sealed.
 */
export async function sealAudit({ store, auditKey: key }: Pick<Services, 'store' | 'auditKey'>): Promise<number> {
  return store.sql.begin(async (transaction) => {
    const [lock] = await transaction<
      { mine: boolean }[]
    >`select pg_try_advisory_xact_lock(hashtextextended(${LOCK}, 0)) as mine`;
    if (!lock?.mine) return 0;
    // The last row that was sealed may be gone, against all rules: what follows is sealed all the same, and the check says what is missing.
    const [head] = await transaction<(SealRow & Pick<AuditRow, 'era' | 'transaction_id' | 'id'>)[]>`
      select last.position, last.seal, here.era, here.transaction_id, here.id
      from (select position, seal from audit_seals order by position desc limit 1) as last
      left join lateral (
        select era, transaction_id, audit.id from audit_seals join audit on audit.id = audit_id order by position desc limit 1
      ) as here on true`;
    const rows = await transaction<AuditRow[]>`
      select ${transaction(AUDIT_COLUMNS)} from audit
      where (era, transaction_id, id) > (${head?.era ?? 0}, ${head?.transaction_id ?? 0n}, ${head?.id ?? 0n})
        and (transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint or era < current_audit_era())
      order by era, transaction_id, id limit ${BATCH}`;
    if (rows.length === 0) return 0;
    let previous = head?.seal ?? NO_SEAL;
    const first = (head?.position ?? 0n) + 1n;
    const seals = rows.map((row, index) => {
      previous = sealOf(key, previous, row);
      return { position: first + BigInt(index), audit_id: row.id, seal: previous };
    });
    await transaction`insert into audit_seals ${transaction(seals, 'position', 'audit_id', 'seal')}`;
    return rows.length;
  });
}
