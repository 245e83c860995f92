import { type Money, money } from '../../domain/money.ts';
import {
  type BalanceChange,
  type Call,
  type Change,
  type CreditsAbility,
  type Panel,
  PanelError,
  type Receipt,
  type ReceiptAbility,
} from '../../panels/panel.ts';
import type { Fragment, Sql } from '../../store/connect.ts';
import { brokenConstraint } from '../../store/constraint.ts';
import { ask } from './ask.ts';
import { HOUSE_UNIT } from './kept.ts';

/** The store ends a statement after this time: later than that, one that was given up cannot act any more. */
export const SETTLE_AFTER_MS = 30_000;

interface ReceiptRow {
  /** Null where the reference was annulled before its change came. */
  account_id: string | null;
  action: string;
  balance_before_minor: bigint | null;
  balance_after_minor: bigint | null;
}

/** One movement, and when it may be made; `otherwise` is thrown where it may not. */
interface Movement {
  readonly action: string;
  readonly deltaMinor: bigint;
  readonly where: Fragment;
  otherwise(): PanelError;
}

/**
 * Credits that Steward keeps for one panel. A movement is one statement that writes its effect together with the receipt of its reference:
 * the same reference never acts twice, and what it did can be looked up.
 *
 * @param inUse Throws where there is no such account, or it is deleted.
 */
export function houseCredits(
  sql: Sql,
  panel: Panel,
  inUse: (accountId: string, call: Call) => Promise<unknown>,
): { readonly credits: CreditsAbility; readonly receipts: Required<ReceiptAbility> } {
  async function receiptRow(reference: string): Promise<ReceiptRow | null> {
    const [row] = await sql<ReceiptRow[]>`
      select account_id, action, balance_before_minor, balance_after_minor
      from house_receipts where panel = ${panel.id} and reference = ${reference}`;
    return row ?? null;
  }

  /** Null where the account is not as the movement wants it, or its reference has acted. */
  async function write(
    { reference }: Change,
    accountId: string,
    { action, deltaMinor, where }: Movement,
  ): Promise<BalanceChange | null> {
    const [row] = await sql<{ after: bigint }[]>`
      with moved as (
        update house_balances set balance_minor = balance_minor + ${deltaMinor}::bigint
        where panel = ${panel.id} and account_id = ${accountId} and ${where}
          and not exists (select from house_receipts where panel = ${panel.id} and reference = ${reference})
        returning balance_minor
      ), receipt as (
        insert into house_receipts (panel, reference, account_id, action, balance_before_minor, balance_after_minor)
        select ${panel.id}, ${reference}, ${accountId}, ${action}, balance_minor - ${deltaMinor}::bigint, balance_minor from moved
      )
      select balance_minor as after from moved`;
    return row ? toBalanceChange(row.after - deltaMinor, row.after) : null;
  }

  async function move(change: Change, accountId: string, movement: Movement): Promise<BalanceChange> {
    await inUse(accountId, change);
    return ask(change, 'unknown', async () => {
      await sql`insert into house_balances (panel, account_id) values (${panel.id}, ${accountId}) on conflict do nothing`;
      const moved = await unlessOvertaken(() => write(change, accountId, movement));
      if (moved) return moved;
      const earlier = await receiptRow(change.reference);
      if (earlier) return earlierMovement(earlier, change.reference, movement.action, accountId);
      throw movement.otherwise();
    });
  }

  return {
    credits: {
      traits: {
        idempotent: true,
        proof: 'reference',
        settleAfterMs: SETTLE_AFTER_MS,
        effects: ['Steward keeps these credits itself; the panel does not know of them.'],
        unit: HOUSE_UNIT,
        by: 'house',
      },
      add: async (accountId, amount, change) =>
        move(change, accountId, {
          action: 'credits.add',
          deltaMinor: minorOf(amount),
          where: sql`true`,
          otherwise: () => overtaken(),
        }),
      async remove(accountId, amount, change) {
        const minor = minorOf(amount);
        return move(change, accountId, {
          action: 'credits.remove',
          deltaMinor: -minor,
          where: sql`balance_minor >= ${minor}::bigint`,
          otherwise: () => rejected('the balance is smaller than the amount', 'balance'),
        });
      },
      async set(accountId, balance, expected, change) {
        const before = minorOf(expected, { zero: true });
        return move(change, accountId, {
          action: 'credits.set',
          deltaMinor: minorOf(balance, { zero: true }) - before,
          where: sql`balance_minor = ${before}::bigint`,
          otherwise: () =>
            new PanelError('conflict', 'none', 'the balance is not as expected', {
              detail: 'The balance has changed meanwhile.',
            }),
        });
      },
    },
    receipts: {
      receipt: async (reference, call) => toReceipt(await ask(call, 'none', () => receiptRow(reference))),
      annul: (reference, call) =>
        ask(call, 'none', async () => {
          await sql`
            insert into house_receipts (panel, reference, action) values (${panel.id}, ${reference}, 'annulled')
            on conflict do nothing`;
          return toReceipt(await receiptRow(reference));
        }),
    },
  };
}

/** Another one with the same reference may come at the same moment: then this one changed nothing. */
async function unlessOvertaken<Result>(run: () => Promise<Result>): Promise<Result | null> {
  try {
    return await run();
  } catch (error) {
    if (brokenConstraint(error) === 'house_receipts_panel_reference_pk') return null;
    throw error;
  }
}

/** What a change with this reference did before. @throws PanelError where it was another one, or was ruled out */
function earlierMovement(row: ReceiptRow, reference: string, action: string, accountId: string): BalanceChange {
  const { balance_before_minor: before, balance_after_minor: after } = row;
  if (row.account_id === null)
    throw new PanelError('timeout', 'none', `the reference ${reference} was annulled before its change came`);
  if (row.action !== action || row.account_id !== accountId || before === null || after === null)
    throw new PanelError('conflict', 'none', `the reference ${reference} belongs to another change`);
  return toBalanceChange(before, after);
}

function toBalanceChange(before: bigint, after: bigint): BalanceChange {
  return { before: money(before, HOUSE_UNIT), after: money(after, HOUSE_UNIT) };
}

/** Null where there is none, and where the change was ruled out before it came. */
function toReceipt(row: ReceiptRow | null): Receipt | null {
  return row?.account_id ? { accountId: row.account_id } : null;
}

/** @throws PanelError `rejected` for an amount of another unit, below zero, or zero where that means nothing */
function minorOf({ minor, unit }: Money, { zero = false }: { zero?: boolean } = {}): bigint {
  if (unit.code !== HOUSE_UNIT.code || unit.scale !== HOUSE_UNIT.scale)
    throw rejected(`an amount in ${unit.code} of scale ${unit.scale}`, 'The amount is not in credits.');
  if (minor < 0n || (minor === 0n && !zero)) throw rejected('an amount below or at zero', 'The amount is too small.');
  return minor;
}

function rejected(message: string, detail: string): PanelError {
  return new PanelError('rejected', 'none', message, { detail });
}

/** The account was deleted, and what was kept for it forgotten, at this very moment. */
function overtaken(): PanelError {
  return new PanelError('conflict', 'none', 'the account was changed meanwhile');
}
