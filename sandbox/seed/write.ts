import type { Account } from '../../src/domain/account.ts';
import { UNIT } from '../../src/panels/builtin/fields.ts';
import type { Transaction } from '../../src/store/connect.ts';
import { PANEL } from '../panel.ts';
import type { Customer } from './customers.ts';
import type { Happening } from './movements.ts';
import { Operations } from './operations.ts';

const MINUTE_MS = 60_000;

export type Row = Record<string, unknown>;

/** Rows of the store that a story makes, by table. */
export interface Rows {
  readonly builtin_accounts: Row[];
  readonly operations: Row[];
  readonly approvals: Row[];
  readonly ledger: Row[];
  readonly builtin_receipts: Row[];
  readonly audit: Row[];
  readonly notices: Row[];
}

/** An account as it is at one moment of the story. */
export interface Now {
  readonly customer: Customer;
  balanceMinor: bigint;
  status: Account['status'];
  suspensionReason: string | null;
  deletedAt: Date | null;
}

/** Plays the happenings in their order and notes what each leaves behind. */
export function tell(accounts: readonly Customer[], happenings: readonly Happening[], nowMs: number): Rows {
  const rows: Rows = {
    builtin_accounts: [],
    operations: [],
    approvals: [],
    ledger: [],
    builtin_receipts: [],
    audit: [],
    notices: [],
  };
  const states = new Map(accounts.map((customer) => [customer, atFirst(customer)]));
  const operations = new Operations(rows, nowMs);
  for (const happening of happenings) {
    const state = states.get(happening.account);
    if (!state) throw new Error('it happened to an account that there is not');
    const at = new Date(nowMs - happening.minutesAgo * MINUTE_MS);
    if (isOutside(happening)) move(rows, state, happening.deltaMinor, null, at);
    else operations.tell(happening, state, at);
  }
  for (const state of states.values()) rows.builtin_accounts.push(accountRow(state, nowMs));
  return rows;
}

function atFirst(customer: Customer): Now {
  return { customer, balanceMinor: 0n, status: 'active', suspensionReason: null, deletedAt: null };
}

/** Moves a balance and writes it into the ledger: for an operation as ours, without one as somebody else's. */
export function move(rows: Rows, state: Now, deltaMinor: bigint, operation: number | null, at: Date): void {
  state.balanceMinor += deltaMinor;
  rows.ledger.push({
    panel: PANEL.id,
    account_id: String(state.customer.id),
    kind: operation === null ? 'outside' : 'ours',
    delta_minor: deltaMinor,
    balance_minor: state.balanceMinor,
    unit_code: UNIT.code,
    unit_scale: UNIT.scale,
    operation,
    at,
  });
}

/** Whether the panel moved it by itself. */
function isOutside(happening: Happening): happening is Extract<Happening, { kind: 'opening' | 'charge' | 'topUp' }> {
  return ['opening', 'charge', 'topUp'].includes(happening.kind);
}

function accountRow({ customer, ...state }: Now, nowMs: number): Row {
  return {
    id: customer.id,
    panel: PANEL.id,
    email: customer.email,
    username: customer.username,
    name: customer.name,
    status: state.status,
    roles: [customer.role],
    verified: customer.verified,
    balance_minor: state.balanceMinor,
    suspension_reason: state.suspensionReason,
    created_at: new Date(nowMs - customer.createdDaysAgo * 24 * 60 * MINUTE_MS),
    deleted_at: state.deletedAt,
  };
}

/** Inserts rows of one table, a batch at a time: one statement takes at most 65,534 parameters. */
export async function insertRows(sql: Transaction, table: string, rows: readonly Row[]): Promise<void> {
  const BATCH = 500;
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const [first] = batch;
    if (first)
      await sql`insert into ${sql(table)} (${sql(Object.keys(first))}) overriding system value values ${sql(batch.map((row) => Object.values(row) as never))}`;
  }
}
