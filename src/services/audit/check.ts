/** Whether the audit log is what was sealed: one walk along the chain, in batches, however long it is. */
import type { JsonValue } from '../../panels/panel.ts';
import type { Sql } from '../../store/connect.ts';
import { personalDigest } from './record.ts';
import { AUDIT_COLUMNS, type AuditRow, NO_SEAL, type SealRow, sealOf } from './seal.ts';

/** Rows checked at a time: a moment's work, so that others are answered in between. */
const BATCH = 1_000;

/** What a row says of itself. */
export interface ClaimedRow {
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly operation: number | null;
}

/** The first place at which the log is not what was sealed. `position` counts the sealed rows from 1. */
export type ChainFault =
  /** The row does not bear its seal: it was changed, or its seal was, or what stood before it was taken out with its seal. */
  | { readonly kind: 'changed'; readonly position: number; readonly row: ClaimedRow }
  /** The row is as it was sealed, and the personal values beside it are others. */
  | { readonly kind: 'personal_changed'; readonly position: number; readonly row: ClaimedRow }
  /** So many rows from here on are gone. When the first of them was sealed is known where its seal is still there. */
  | { readonly kind: 'removed'; readonly position: number; readonly count: number; readonly sealedAt: Date | null }
  /** The row stands after the one at `position` and before others that were sealed, and has no seal. */
  | { readonly kind: 'inserted'; readonly position: number; readonly row: ClaimedRow };

/** The chain, as far as it is whole. */
export interface CheckedChain {
  readonly fault: ChainFault | null;
  /** How many rows are as they were sealed. */
  readonly sealed: number;
  /** The seal of the last of them; null without any. */
  readonly seal: string | null;
  /** When the first of them was written; null without any. */
  readonly since: Date | null;
}

interface LinkRow extends SealRow, Omit<AuditRow, 'id'> {
  /** Null where the row is gone, as is everything that it said. */
  id: bigint | null;
  sealed_at: Date;
  salt: Uint8Array | null;
  values: JsonValue;
}

/** The place of a row in the order of the seals. */
type Place = Pick<AuditRow, 'era' | 'transaction_id' | 'id'>;

/** How far the chain was followed. */
interface Walk {
  position: bigint;
  seal: Uint8Array;
  place: Place;
  since: Date | null;
}

/** Follows the chain up to its end, or to the first fault. */
export async function checkChain(sql: Sql, key: Uint8Array): Promise<CheckedChain> {
  const walk: Walk = { position: 0n, seal: NO_SEAL, place: { era: 0, transaction_id: 0n, id: 0n }, since: null };
  for (;;) {
    const from = walk.place;
    const links = await readLinks(sql, walk.position);
    const broken = follow(key, walk, links);
    const fault = (await insertedBetween(sql, from, walk.place)) ?? broken;
    if (fault || links.length < BATCH) return { fault, ...checked(walk) };
  }
}

function checked({ position, seal, since }: Walk): Omit<CheckedChain, 'fault'> {
  return { sealed: Number(position), seal: position === 0n ? null : Buffer.from(seal).toString('hex'), since };
}

async function readLinks(sql: Sql, after: bigint): Promise<readonly LinkRow[]> {
  return sql<LinkRow[]>`
    select position, seal, sealed_at, ${sql(AUDIT_COLUMNS.map((column) => `audit.${column}`))}, salt, values
    from audit_seals
    left join audit on audit.id = audit_seals.audit_id
    left join audit_personal on audit_personal.audit_id = audit.id
    where position > ${after} order by position limit ${BATCH}`;
}

/** Goes on as far as the links are whole. */
function follow(key: Uint8Array, walk: Walk, links: readonly LinkRow[]): ChainFault | null {
  for (const link of links) {
    const position = Number(walk.position) + 1;
    const count = Number(link.position - walk.position) - 1;
    if (count > 0) return { kind: 'removed', position, count, sealedAt: null };
    const { id, seal, sealed_at, position: _, salt, values, ...rest } = link;
    if (id === null) return { kind: 'removed', position, count: 1, sealedAt: sealed_at };
    const row = { ...rest, id };
    if (!sealOf(key, walk.seal, row).equals(Buffer.from(seal))) {
      return { kind: 'changed', position, row: claimed(row) };
    }
    if (salt && !sameBytes(row.personal_digest, personalDigest(salt, values))) {
      return { kind: 'personal_changed', position, row: claimed(row) };
    }
    Object.assign(walk, { position: link.position, seal, place: row, since: walk.since ?? row.at });
  }
  return null;
}

function sameBytes(left: Uint8Array | null, right: Buffer): boolean {
  return left !== null && right.equals(Buffer.from(left));
}

function claimed(row: Pick<AuditRow, 'at' | 'actor_id' | 'action' | 'operation'>): ClaimedRow {
  const operation = row.operation === null ? null : Number(row.operation);
  return { at: row.at, actorId: row.actor_id, action: row.action, operation };
}

/**
 * The sealer passes no row by, so none between two sealed ones is without a seal. Each row's own is looked up: joining them all for every
 * batch would take longer with each row of the log.
 */
async function insertedBetween(sql: Sql, from: Place, to: Place): Promise<ChainFault | null> {
  const [row] = await sql<(AuditRow & { after: bigint | null })[]>`
    select unsealed.*, (
      select position from audit join audit_seals on audit_id = audit.id
      where (era, transaction_id, audit.id) < (unsealed.era, unsealed.transaction_id, unsealed.id)
      order by era desc, transaction_id desc, audit.id desc limit 1
    ) as after
    from audit as unsealed
    where (era, transaction_id, id) > (${from.era}, ${from.transaction_id}, ${from.id})
      and (era, transaction_id, id) < (${to.era}, ${to.transaction_id}, ${to.id})
      and (select position from audit_seals where audit_id = unsealed.id) is null
    order by era, transaction_id, id limit 1`;
  return row ? { kind: 'inserted', position: Number(row.after ?? 0n), row: claimed(row) } : null;
}
