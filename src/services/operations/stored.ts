import type { Account } from '../../domain/account.ts';
import type { OperationState, Verb } from '../../domain/operation.ts';
import type { JsonValue } from '../../panels/panel.ts';
import type { Sql, Transaction } from '../../store/connect.ts';
import { fromStored } from '../json.ts';
import { type OperationSummary, type SummaryRow, toSummary } from './summary.ts';

/** An operation with all that is needed to go on with it. */
export interface StoredOperation {
  readonly operation: OperationSummary;
  readonly key: string;
  readonly panel: string;
  readonly accountId: string | null;
  /** As the verb of the operation stored it. */
  readonly input: object;
  readonly before: Account | null;
  readonly result: unknown;
  readonly leased: boolean;
  /** An outcome that came when another was stored, or was being looked for. */
  readonly late: LateOutcome | null;
  readonly doubted: boolean;
  /** When its last attempt ended, as far as that is known. */
  readonly endedAt: Date | null;
}

export interface LateOutcome {
  readonly state: Extract<OperationState, 'succeeded' | 'failed'>;
  readonly result: unknown;
}

interface StoredRow extends SummaryRow {
  verb: Verb;
  key: string;
  input: JsonValue;
  state_before: JsonValue;
  result: JsonValue;
  lease_until: Date | null;
  late_outcome: { state: LateOutcome['state']; result: JsonValue } | null;
  doubt: JsonValue;
  ended_at: Date | null;
}

/** Null when there is no operation with this number. */
export async function readStored(sql: Sql | Transaction, number: number): Promise<StoredOperation | null> {
  const [row] = await sql<StoredRow[]>`select * from operations where number = ${number}`;
  return row ? toStoredOperation(row) : null;
}

function toStoredOperation(row: StoredRow): StoredOperation {
  const late = row.late_outcome;
  return {
    operation: toSummary(row),
    key: row.key,
    panel: row.panel,
    accountId: row.account_id,
    input: fromStored(row.input) as object,
    before: fromStored(row.state_before) as Account | null,
    result: fromStored(row.result),
    leased: row.lease_until !== null,
    late: late && { state: late.state, result: fromStored(late.result) },
    doubted: row.doubt !== null,
    endedAt: row.ended_at,
  };
}
