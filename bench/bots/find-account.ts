import postgres from 'postgres';

/** What the bare bots do with the database: one indexed SELECT, as a sentence. */
export function accountFinder(databaseUrl: string): (userId: string) => Promise<string> {
  const sql = postgres(databaseUrl, { max: 10 });
  return async (userId) => {
    const [account] = await sql<{ username: string; status: string; balanceMinor: string }[]>`
      select account.username, account.status, account.balance_minor as "balanceMinor"
      from links as link
      join builtin_accounts as account on account.id = link.account_id::bigint
      where link.panel = 'main' and link.user_id = ${userId} and link.removed_at is null`;
    if (account === undefined) return 'You have no account.';
    return `${account.username} · ${account.status} · ${Number(account.balanceMinor) / 100} credits`;
  };
}
