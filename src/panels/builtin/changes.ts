import type { Fragment, Sql } from '../../store/connect.ts';
import { type Change, PanelError } from '../panel.ts';
import { ask, brokenIndex } from './ask.ts';
import { rejected } from './fields.ts';
import { notFound, parseId } from './map.ts';
import type { AccountRow, BuiltinQueries, Entry, NewAccount, ReceiptRow } from './queries.ts';

/** How an account was left by a change, and the receipt of it. */
export interface Outcome {
  readonly row: AccountRow;
  readonly receipt: ReceiptRow;
}

/** What one change writes, and when it may. */
export interface Update {
  readonly set: Fragment;
  /** What else must hold of the account at the moment of writing; `otherwise` is thrown when it does not. */
  readonly where?: Fragment;
  readonly otherwise?: () => PanelError;
  /** Which accounts it is for: those in use, unless it says otherwise. */
  readonly on?: 'live' | 'deleted';
  /** What `set` adds to the balance, if it moves it. */
  readonly deltaMinor?: bigint;
}

/** Changes that act once by reference: whoever repeats one gets what it did the first time. */
export function builtinChanges(sql: Sql, queries: BuiltinQueries) {
  /** What a change with this reference did before, if it did; the account as it is now. */
  async function earlier({ reference, action }: Entry, id: bigint | null): Promise<Outcome | null> {
    const receipt = await queries.receipt(reference);
    if (!receipt) return null;
    if (receipt.account_id === null) throw annulled(reference);
    const row = await queries.byId(receipt.account_id);
    if (receipt.action !== action || (id !== null && receipt.account_id !== id) || !row) {
      throw new PanelError('conflict', 'none', `the reference ${reference} belongs to another change`);
    }
    return { row, receipt };
  }

  return {
    create(change: Change, account: NewAccount): Promise<Outcome> {
      const entry = { reference: change.reference, action: 'create' };
      return ask(change, 'unknown', async () => {
        const { row, taken } = await withoutTaken(() => queries.insert(entry, account));
        if (row) return { row, receipt: receiptOf(entry, row, row.balance_minor > 0n ? row.balance_minor : null) };
        const done = await earlier(entry, null);
        if (done) return done;
        throw conflict(taken);
      });
    },

    async update(change: Change, action: string, accountId: string, update: Update): Promise<Outcome> {
      const entry = { reference: change.reference, action };
      const id = parseId(accountId);
      if (id === null) throw notFound(accountId);
      const { set, where = sql`true`, on = 'live', deltaMinor = null } = update;
      const state = on === 'live' ? sql`status <> 'deleted'` : sql`status = 'deleted'`;
      return ask(change, 'unknown', async () => {
        const { row, taken } = await withoutTaken(() =>
          queries.update(entry, id, { set, where: sql`${state} and ${where}`, deltaMinor }),
        );
        if (row) return { row, receipt: receiptOf(entry, row, deltaMinor) };
        const done = await earlier(entry, id);
        if (done) return done;
        if (taken) throw conflict(taken);
        throw await whyNot(id, accountId, update);
      });
    },
  };

  /** Why an update found no account to write. Nothing was changed; what it reads may be newer than what stood in the way. */
  async function whyNot(id: bigint, accountId: string, { on = 'live', otherwise }: Update): Promise<PanelError> {
    const row = await queries.byId(id);
    if (!row) return notFound(accountId);
    if (on === 'live' && row.status === 'deleted') return rejected('the account is deleted', 'The account is deleted.');
    if (on === 'deleted' && row.status !== 'deleted')
      return rejected('the account is not deleted', 'The account is not deleted.');
    return otherwise?.() ?? new PanelError('conflict', 'none', 'the account was changed meanwhile');
  }
}

/** Runs a change; one that breaks a unique index changed nothing, and the index is named instead. */
async function withoutTaken(
  run: () => Promise<AccountRow | null>,
): Promise<{ row: AccountRow | null; taken: string | null }> {
  try {
    return { row: await run(), taken: null };
  } catch (error) {
    const taken = brokenIndex(error);
    if (taken === null) throw error;
    return { row: null, taken };
  }
}

function conflict(index: string | null): PanelError {
  const detail =
    index === 'builtin_accounts_email' ? 'email' : index === 'builtin_accounts_username' ? 'username' : null;
  return new PanelError('conflict', 'none', `taken: ${detail ?? index ?? 'the reference, for a moment'}`, { detail });
}

/** Somebody made sure that this change never happens, before it came. */
function annulled(reference: string): PanelError {
  return new PanelError('timeout', 'none', `the reference ${reference} was annulled before its change came`);
}

function receiptOf({ action }: Entry, row: AccountRow, deltaMinor: bigint | null): ReceiptRow {
  const moved = deltaMinor !== null;
  return {
    account_id: row.id,
    action,
    balance_before_minor: moved ? row.balance_minor - deltaMinor : null,
    balance_after_minor: moved ? row.balance_minor : null,
  };
}
