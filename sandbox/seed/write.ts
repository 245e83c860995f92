import { createHash } from 'node:crypto';
import type { Verb } from '../../src/domain/operation.ts';
import type { Transaction } from '../../src/store/connect.ts';
import type { Customer } from './customers.ts';
import type { Happening } from './movements.ts';

const UNIT = { code: 'credits', scale: 2 };
const PANEL = 'main';
const FIRST_OPERATION = 1000;
/** How long an operation took, from intent to outcome. */
const TOOK_MS = 380;
const MINUTE_MS = 60_000;

const VERB: Readonly<Record<Extract<Happening, { actor: string }>['kind'], Verb>> = {
  grant: 'credits.grant',
  unknownGrant: 'credits.grant',
  deduct: 'credits.deduct',
  suspend: 'account.suspend',
  delete: 'account.delete',
};

/** Rows of the store that a story makes. */
export interface Rows {
  readonly accounts: Record<string, unknown>[];
  readonly operations: Record<string, unknown>[];
  readonly ledger: Record<string, unknown>[];
  readonly audit: Record<string, unknown>[];
}

interface Now {
  balanceMinor: bigint;
  status: 'active' | 'suspended' | 'deleted';
  reason: string | null;
  deletedAt: Date | null;
}

/** Plays the happenings in their order and notes what each leaves behind. */
export function tell(accounts: readonly Customer[], happenings: readonly Happening[], nowMs: number): Rows {
  const states = new Map<number, Now>(
    accounts.map(({ id }) => [id, { balanceMinor: 0n, status: 'active', reason: null, deletedAt: null }]),
  );
  const rows: Rows = { accounts: [], operations: [], ledger: [], audit: [] };
  for (const happening of happenings) {
    const state = states.get(happening.account.id);
    if (state) happen(rows, happening, state, new Date(nowMs - happening.minutesAgo * MINUTE_MS));
  }
  for (const account of accounts) {
    const state = states.get(account.id);
    if (state) rows.accounts.push(accountRow(account, state, nowMs));
  }
  return rows;
}

function happen(rows: Rows, happening: Happening, state: Now, at: Date): void {
  const operation = 'actor' in happening ? addOperation(rows, happening, state, at) : null;
  if (happening.kind === 'suspend') Object.assign(state, { status: 'suspended', reason: happening.reason });
  if (happening.kind === 'delete') Object.assign(state, { status: 'deleted', deletedAt: at });
  if (!('deltaMinor' in happening) || happening.kind === 'unknownGrant') return;
  state.balanceMinor += happening.deltaMinor;
  rows.ledger.push({
    panel: PANEL,
    account_id: String(happening.account.id),
    kind: operation === null ? 'outside' : 'ours',
    delta_minor: happening.deltaMinor,
    balance_minor: state.balanceMinor,
    unit_code: UNIT.code,
    unit_scale: UNIT.scale,
    operation,
    at,
  });
}

function addOperation(rows: Rows, happening: Extract<Happening, { actor: string }>, state: Now, at: Date): number {
  const number = FIRST_OPERATION + rows.operations.length;
  const { account, actor, reason } = happening;
  const unknown = happening.kind === 'unknownGrant';
  const delta = 'deltaMinor' in happening ? happening.deltaMinor : null;
  const verb = VERB[happening.kind];
  const outcome = unknown ? 'unknown' : 'succeeded';
  const endedAt = new Date(at.getTime() + (unknown ? 20_000 : TOOK_MS));
  const who = { panel: PANEL, account_id: String(account.id), member_id: account.memberId };
  rows.operations.push({
    ...who,
    number,
    key: `seed:${number}`,
    input_hash: createHash('sha256').update(`seed:${number}`).digest('hex'),
    verb,
    state: outcome,
    actor_id: actor,
    input: { reason },
    state_before: { status: state.status, username: account.username },
    result: unknown ? null : { account: { username: account.username } },
    reason,
    delta_minor: delta,
    unit_code: delta === null ? null : UNIT.code,
    unit_scale: delta === null ? null : UNIT.scale,
    failure: unknown ? 'timeout' : null,
    attempt_token: `seed:${number}`,
    lease_until: endedAt,
    created_at: at,
    ended_at: endedAt,
  });
  rows.audit.push({
    ...who,
    at: endedAt,
    actor_id: actor,
    action: verb,
    outcome,
    operation: number,
    facts: { reason },
  });
  return number;
}

function accountRow(account: Customer, state: Now, nowMs: number): Record<string, unknown> {
  return {
    id: account.id,
    panel: PANEL,
    email: account.email,
    username: account.username,
    name: account.name,
    status: state.status,
    roles: [account.role],
    verified: account.verified,
    balance_minor: state.balanceMinor,
    suspension_reason: state.reason,
    created_at: new Date(nowMs - account.createdDaysAgo * 24 * 60 * MINUTE_MS),
    deleted_at: state.deletedAt,
  };
}

/** Inserts rows of one table, a batch at a time: one statement takes at most 65,534 parameters. */
export async function insertRows(
  sql: Transaction,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const BATCH = 500;
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const [first] = batch;
    if (first)
      await sql`insert into ${sql(table)} (${sql(Object.keys(first))}) overriding system value values ${sql(batch.map((row) => Object.values(row) as never))}`;
  }
}
