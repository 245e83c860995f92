import type { AccountReference } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import type { Sql, Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { insertMovement } from '../operations/outcome.ts';

interface LedgerHead {
  id: bigint | null;
  balance: bigint | null;
  open: boolean;
}

/**
 * Reads a balance and, when it is not what the ledger says, appends what others moved. Nothing is appended while an operation of
 * ours is under way or has ended during the reading: the balance read may be from before it or after it, and its own outcome tells.
 */
export async function observeBalance(
  ctx: Context,
  target: AccountReference,
  read: () => Promise<Money | null>,
): Promise<Money | null> {
  const before = await ledgerHead(ctx.store.sql, target);
  const balance = await read();
  if (!balance || before.open || balance.minor === (before.balance ?? 0n)) return balance;
  await ctx.store.sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtextextended(${`ledger:${target.panel}/${target.accountId}`}, 0))`;
    const now = await ledgerHead(transaction, target);
    if (now.open || now.id !== before.id) return;
    await insertMovement(
      transaction,
      { ...target, number: null },
      { before: balance, after: balance },
      transaction`true`,
    );
  });
  return balance;
}

async function ledgerHead(sql: Sql | Transaction, { panel, accountId }: AccountReference): Promise<LedgerHead> {
  const [head] = await sql<LedgerHead[]>`
    select last.id, last.balance_minor as balance,
      exists (
        select from operations where panel = ${panel} and account_id = ${accountId} and state in ('pending', 'unknown')
      ) as open
    from (select) as one
    left join lateral (
      select id, balance_minor from ledger where panel = ${panel} and account_id = ${accountId} order by id desc limit 1
    ) as last on true`;
  if (!head) throw new Error('the head of a ledger is always one row');
  return head;
}
