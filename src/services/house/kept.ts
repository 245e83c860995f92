import type { Account } from '../../domain/account.ts';
import { money, type Unit } from '../../domain/money.ts';
import type { Call } from '../../panels/panel.ts';
import type { Sql } from '../../store/connect.ts';
import { inBatches } from '../../store/in-batches.ts';
import { ask } from './ask.ts';

/** What credits of Steward's own are counted in. */
export const HOUSE_UNIT: Unit = { code: 'credits', scale: 2 };

/** What is kept for one account. */
interface Kept {
  balance_minor: bigint;
  suspended: boolean;
}

/** What is laid over accounts. */
export interface Laid {
  readonly credits: boolean;
  readonly suspension: boolean;
}

/** A page is one question; of those that come at once, so many are asked in one statement. */
const QUESTIONS = 50;

/** Lays what Steward keeps over accounts of one panel, with one statement for all that are given. */
export function keptOver(
  sql: Sql,
  panel: string,
  laid: Laid,
): (accounts: readonly Account[], call: Call) => Promise<readonly Account[]> {
  const read = inBatches<readonly string[], readonly Kept[]>(async (questions) => {
    const rows = await sql<Kept[]>`
      select coalesce(balance_minor, 0)::bigint as balance_minor, suspension.account_id is not null as suspended
      from unnest(${questions.flat()}::text[]) with ordinality as here (account_id, position)
      left join house_balances as balance on balance.panel = ${panel} and balance.account_id = here.account_id
      left join house_suspensions as suspension on suspension.panel = ${panel} and suspension.account_id = here.account_id
      order by position`;
    const rest = rows.values();
    return questions.map(({ length }) => rest.take(length).toArray());
  }, QUESTIONS);

  return async (accounts, call) => {
    if (accounts.length === 0) return accounts;
    const kept = await ask(call, 'none', () => read(accounts.map(({ id }) => id)));
    return accounts.map((account, position) => lay(account, kept[position], laid));
  };
}

function lay(account: Account, kept: Kept | undefined, laid: Laid): Account {
  if (!kept) throw new Error('what is kept is read for every account that is asked for');
  const suspended = laid.suspension && kept.suspended && account.status === 'active';
  return {
    ...account,
    ...(laid.credits ? { balance: money(kept.balance_minor, HOUSE_UNIT) } : {}),
    ...(suspended ? { status: 'suspended' } : {}),
  };
}
