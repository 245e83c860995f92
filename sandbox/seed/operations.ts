import { createHash } from 'node:crypto';
import type { OwnFailure, Verb } from '../../src/domain/operation.ts';
import { UNIT } from '../../src/panels/builtin/fields.ts';
import { toStored } from '../../src/services/json.ts';
import { PANEL } from '../panel.ts';
import type { Deed, Happening } from './movements.ts';
import { accountOf, inputOf, moveOf, waiting } from './values.ts';
import { move, type Now, type Row, type Rows } from './write.ts';

const FIRST_OPERATION = 1000;
/** How long an operation took, from intent to outcome, in milliseconds; and how long one that was given up. */
const TOOK_MS = 380;
const GAVE_UP_AFTER_MS = 20_000;
const DAY_MS = 24 * 60 * 60_000;

/** What staff and timers did. */
type Doing = Exclude<Happening, { kind: 'opening' | 'charge' | 'topUp' }>;
type Done = Extract<Doing, Deed>;
type Decision = Extract<Doing, { kind: 'approve' | 'decline' }>;

const VERBS: Readonly<Record<Done['kind'], Verb>> = {
  grant: 'credits.grant',
  askedGrant: 'credits.grant',
  unknownGrant: 'credits.grant',
  deduct: 'credits.deduct',
  suspend: 'account.suspend',
  unsuspend: 'account.unsuspend',
  delete: 'account.delete',
};

/** What the panel calls what it did. */
const ACTIONS: Readonly<Partial<Record<Verb, string>>> = {
  'credits.grant': 'credits.add',
  'credits.deduct': 'credits.remove',
  'account.suspend': 'suspend',
  'account.unsuspend': 'unsuspend',
  'account.delete': 'delete',
};

/** Tells operations into rows, each with all that belongs to it. */
export class Operations {
  readonly #rows: Rows;
  readonly #nowMs: number;
  readonly #byHappening = new Map<Happening, Row>();

  constructor(rows: Rows, nowMs: number) {
    this.#rows = rows;
    this.#nowMs = nowMs;
  }

  tell(doing: Doing, state: Now, at: Date): void {
    switch (doing.kind) {
      case 'approve':
        this.#succeed(this.#decide(doing, at), state, doing.of, at);
        break;
      case 'decline':
        this.#fail(this.#decide(doing, at), 'declined', at);
        break;
      case 'askedGrant':
        this.#state(doing, state, at, waiting(doing, at));
        break;
      case 'unknownGrant':
        this.#leaveOpen(doing, state, at);
        break;
      default:
        this.#succeed(this.#state(doing, state, at), state, doing, at);
    }
  }

  /** The row of an intent; nothing has come of it yet. */
  #state(doing: Done, state: Now, at: Date, more: Row = {}): Row {
    const { operations } = this.#rows;
    const number = FIRST_OPERATION + operations.length;
    const delta = 'deltaMinor' in doing ? doing.deltaMinor : null;
    const row: Row = {
      number,
      key: `seed:${number}`,
      input_hash: createHash('sha256').update(`seed:${number}`).digest('hex'),
      verb: VERBS[doing.kind],
      state: 'pending',
      actor_id: doing.actor,
      panel: PANEL.id,
      account_id: String(state.customer.id),
      member_id: state.customer.memberId,
      input: toStored(inputOf(doing)),
      state_before: toStored(accountOf(state, this.#nowMs)),
      result: null,
      reason: doing.reason || null,
      delta_minor: delta,
      unit_code: delta === null ? null : UNIT.code,
      unit_scale: delta === null ? null : UNIT.scale,
      failure: null,
      attempt_token: `seed:${number}`,
      doubt: null,
      ...this.#linkOf(doing),
      due_at: 'days' in doing && doing.days ? new Date(at.getTime() + doing.days * DAY_MS) : null,
      approval_because: null,
      approvals_needed: null,
      created_at: at,
      ended_at: null,
      ...more,
    };
    operations.push(row);
    this.#byHappening.set(doing, row);
    return row;
  }

  #linkOf(doing: Done): Row {
    const [of, kind] =
      'takesBack' in doing ? [doing.takesBack, 'undo'] : 'ends' in doing ? [doing.ends, 'end'] : [undefined, null];
    return { linked_number: of ? this.#rowOf(of).number : null, link_kind: of ? kind : null };
  }

  /** The panel has done it: account, ledger, the panel's own journal and the operation say so. */
  #succeed(row: Row, state: Now, doing: Done, at: Date): void {
    const endedAt = new Date(at.getTime() + TOOK_MS);
    const before = accountOf(state, this.#nowMs);
    const delta = 'deltaMinor' in doing ? doing.deltaMinor : null;
    if (delta === null) changeStatus(state, doing, endedAt);
    else move(this.#rows, state, delta, Number(row.number), endedAt);
    const account = accountOf(state, this.#nowMs);
    const result = delta === null ? { before, account } : moveOf(before, account, delta, doing.reason);
    Object.assign(row, { state: 'succeeded', result: toStored(result), ended_at: endedAt });
    this.#rows.builtin_receipts.push({
      panel: PANEL.id,
      reference: row.key,
      account_id: state.customer.id,
      action: ACTIONS[VERBS[doing.kind]],
      balance_before_minor: delta === null ? null : state.balanceMinor - delta,
      balance_after_minor: delta === null ? null : state.balanceMinor,
      at: endedAt,
    });
    this.#audit(row, 'succeeded', endedAt);
  }

  #fail(row: Row, failure: OwnFailure, at: Date): void {
    Object.assign(row, { state: 'failed', failure, ended_at: at });
    this.#audit(row, 'failed', at);
  }

  /** No answer came, and looking does not tell: staff are asked. */
  #leaveOpen(doing: Extract<Done, { kind: 'unknownGrant' }>, state: Now, at: Date): void {
    const endedAt = new Date(at.getTime() + GAVE_UP_AFTER_MS);
    const { balanceMinor } = state;
    const expectedMinor = balanceMinor + doing.deltaMinor;
    const doubt = toStored({ why: 'balance', beforeMinor: balanceMinor, expectedMinor, seenMinor: balanceMinor });
    const row = this.#state(doing, state, at, { state: 'unknown', failure: 'timeout', doubt, ended_at: endedAt });
    this.#audit(row, 'unknown', endedAt);
    this.#rows.notices.push({ lane: 'cards', kind: 'card', operation: row.number, content: {}, created_at: endedAt });
  }

  #decide(doing: Decision, at: Date): Row {
    const row = this.#rowOf(doing.of);
    const decision = doing.kind === 'approve' ? 'approved' : 'declined';
    this.#rows.approvals.push({ operation: row.number, user_id: doing.by, decision, reason: doing.note, at });
    this.#audit({ ...row, actor_id: doing.by, verb: `operation.${doing.kind}` }, 'succeeded', at);
    return row;
  }

  #audit(row: Row, outcome: string, at: Date): void {
    this.#rows.audit.push({
      at,
      actor_id: row.actor_id,
      action: row.verb,
      outcome,
      panel: row.panel,
      account_id: row.account_id,
      member_id: row.member_id,
      operation: row.number,
      facts: row.reason === null ? {} : { reason: row.reason },
    });
  }

  #rowOf(happening: Happening): Row {
    const row = this.#byHappening.get(happening);
    if (!row) throw new Error('this has not happened yet');
    return row;
  }
}

function changeStatus(state: Now, doing: Done, at: Date): void {
  switch (doing.kind) {
    case 'suspend':
      Object.assign(state, { status: 'suspended', suspensionReason: doing.reason });
      break;
    case 'unsuspend':
      Object.assign(state, { status: 'active', suspensionReason: null });
      break;
    case 'delete':
      Object.assign(state, { status: 'deleted', deletedAt: at });
      break;
  }
}
