import { createHash, randomBytes } from 'node:crypto';
import type { JsonValue } from '../../panels/panel.ts';
import type { Fragment, Sql, Transaction } from '../../store/connect.ts';
import { canonicalJson, jsonParameter, toStored } from '../json.ts';

export interface AuditEntry {
  readonly actorId: string;
  /** An operation's verb, or the name of another act such as `account.reveal`. */
  readonly action: string;
  readonly outcome: 'succeeded' | 'failed' | 'unknown';
  readonly panel?: string | null;
  readonly accountId?: string | null;
  readonly memberId?: string | null;
  readonly operation?: number | null;
  /** Facts without personal values. */
  readonly facts: JsonValue;
  /** Personal values: kept beside the row and forgettable; the row holds their salted digest only. */
  readonly personal?: JsonValue | null;
}

/** Appends one row to the audit log, in the caller's transaction. */
export async function recordAudit(transaction: Transaction, entry: AuditEntry): Promise<void> {
  await transaction`with ${auditParts(transaction, entry, transaction`true`)} select from recorded`;
}

/** The parts of a `with` that append one row to the audit log where the condition holds. */
export function auditParts(sql: Sql | Transaction, entry: AuditEntry, condition: Fragment) {
  const personal = toStored(entry.personal ?? null);
  const salt = personal ? randomBytes(16) : null;
  const digest = salt ? personalDigest(salt, personal) : null;
  return sql`
    recorded as (
      insert into audit (actor_id, action, outcome, panel, account_id, member_id, operation, facts, personal_digest)
      select ${entry.actorId}, ${entry.action}, ${entry.outcome}, ${entry.panel ?? null}, ${entry.accountId ?? null},
        ${entry.memberId ?? null}, ${entry.operation ?? null}::bigint, ${jsonParameter(sql, toStored(entry.facts))}::jsonb, ${digest}::bytea
      where ${condition}
      returning id
    ), kept as (
      insert into audit_personal (audit_id, salt, values)
      select id, ${salt}::bytea, ${jsonParameter(sql, personal)}::jsonb from recorded where ${salt !== null}
    )`;
}

/** SHA-256 over the salt and the canonical JSON of the values. */
export function personalDigest(salt: Uint8Array, personal: JsonValue): Buffer {
  return createHash('sha256').update(salt).update(canonicalJson(personal)).digest();
}
