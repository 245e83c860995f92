import type { AccountReference } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import type { Sql, Transaction } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { insertMovement, lockLedger } from '../operations/outcome.ts';

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
    await lockLedger(transaction, target);
    // In the statement that appends, so that nothing can come between the look and the entry.
    const undisturbed = transaction`not exists (${openOperation(transaction, target)}) and (
      select max(id) from ledger where panel = ${target.panel} and account_id = ${target.accountId}
    ) is not distinct from ${before.id}::bigint`;
    const seen = { before: balance, after: balance };
    await insertMovement(transaction, { ...target, number: null }, seen, undisturbed);
  });
  return balance;
}

function openOperation(sql: Sql | Transaction, { panel, accountId }: AccountReference) {
  return sql`
    select from operations where panel = ${panel} and account_id = ${accountId} and state in ('pending', 'unknown')`;
}

async function ledgerHead(sql: Sql, { panel, accountId }: AccountReference): Promise<LedgerHead> {
  const [head] = await sql<LedgerHead[]>`
    select last.id, last.balance_minor as balance, exists (${openOperation(sql, { panel, accountId })}) as open
    from (select) as one
    left join lateral (
      select id, balance_minor from ledger where panel = ${panel} and account_id = ${accountId} order by id desc limit 1
    ) as last on true`;
  if (!head) throw new Error('the head of a ledger is always one row');
  return head;
}
