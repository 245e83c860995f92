import type { AccountReference } from '../../domain/account.ts';
import { type Money, money } from '../../domain/money.ts';
import type { LinkKind, OperationState, Verb } from '../../domain/operation.ts';

/** An operation as people read of it. */
export interface OperationSummary {
  readonly number: number;
  readonly verb: Verb;
  readonly state: OperationState;
  readonly actorId: string;
  readonly at: Date;
  readonly reason: string | null;
  /** The reason as it was corrected last; null where it was not, or where {@link CORRECTED_REASON} was not read. */
  readonly correctedReason: string | null;
  /** The change of the balance that was meant; null where none was. */
  readonly delta: Money | null;
  readonly panel: string;
  /** Null for what is about no account, and for an account that is not known to have been made. */
  readonly target: AccountReference | null;
  /** The Discord user who was linked to the account at the time. */
  readonly memberId: string | null;
  /** When what it began ends by itself: a timed suspension, the grace before a deletion, the wait for an approval. */
  readonly dueAt: Date | null;
  /** What it is to another operation. */
  readonly link: { readonly number: number; readonly kind: LinkKind } | null;
}

/** The columns of {@link OperationSummary}; select them with {@link SUMMARY_COLUMNS}. */
export interface SummaryRow {
  number: string | number;
  verb: Verb;
  state: OperationState;
  actor_id: string;
  /** Text where the row came as JSON. */
  created_at: Date | string;
  reason: string | null;
  corrected_reason?: string | null;
  delta_minor: string | bigint | null;
  unit_code: string | null;
  unit_scale: number | null;
  panel: string;
  account_id: string | null;
  member_id: string | null;
  due_at: Date | string | null;
  linked_number: string | number | null;
  link_kind: LinkKind | null;
}

export const SUMMARY_COLUMNS = [
  'number',
  'verb',
  'state',
  'actor_id',
  'created_at',
  'reason',
  'delta_minor',
  'unit_code',
  'unit_scale',
  'panel',
  'account_id',
  'member_id',
  'due_at',
  'linked_number',
  'link_kind',
] as const;

/** Stands beside {@link SUMMARY_COLUMNS} where the reason is shown at length: as it was corrected last. */
export const CORRECTED_REASON = `(
  select amendments.reason from amendments
  where amendments.operation = number and amendments.reason is not null order by amendments.id desc limit 1
) as corrected_reason`;

export function toSummary(row: SummaryRow): OperationSummary {
  return {
    number: Number(row.number),
    verb: row.verb,
    state: row.state,
    actorId: row.actor_id,
    at: new Date(row.created_at),
    reason: row.reason,
    correctedReason: row.corrected_reason ?? null,
    delta: deltaOf(row),
    panel: row.panel,
    target: row.account_id === null ? null : { panel: row.panel, accountId: row.account_id },
    memberId: row.member_id,
    dueAt: row.due_at === null ? null : new Date(row.due_at),
    link:
      row.linked_number === null || row.link_kind === null
        ? null
        : { number: Number(row.linked_number), kind: row.link_kind },
  };
}

/** By how much an operation moves a balance, from its row; null where it moves none. */
export function deltaOf(row: Pick<SummaryRow, 'delta_minor' | 'unit_code' | 'unit_scale'>): Money | null {
  if (row.delta_minor === null || row.unit_code === null || row.unit_scale === null) return null;
  return money(BigInt(row.delta_minor), { code: row.unit_code, scale: row.unit_scale });
}
