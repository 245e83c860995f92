/** The rows of a grant by bare SQL, in as many transactions as an operation has: intent, panel, outcome. Nothing is checked. */
import { randomUUID } from 'node:crypto';
import type { Sql } from '../../src/store/connect.ts';

export interface Grant {
  readonly actorId: string;
  readonly accountId: string;
}

const MINOR = 100;

export async function grantByBareSql(sql: Sql, { actorId, accountId }: Grant): Promise<void> {
  const key = randomUUID();
  const number = await sql.begin(async (transaction) => {
    const [row] = await transaction<{ number: bigint }[]>`
      insert into operations (key, input_hash, verb, state, actor_id, panel, account_id, input, state_before, reason,
        delta_minor, unit_code, unit_scale, attempt_token, lease_until)
      values (${key}, 'bare', 'credits.grant', 'pending', ${actorId}, 'main', ${accountId}, '{}', '{}', 'Power cut',
        ${MINOR}::bigint, 'credits', 2, ${key}, now() + interval '30 seconds')
      returning number`;
    return row?.number ?? 0n;
  });
  const balance = await sql.begin(async (transaction) => {
    const [row] = await transaction<{ balance_minor: bigint }[]>`
      update builtin_accounts set balance_minor = balance_minor + ${MINOR}::bigint where id = ${accountId}::bigint
      returning balance_minor`;
    const after = row?.balance_minor ?? 0n;
    await transaction`
      insert into builtin_receipts (panel, reference, account_id, action, balance_before_minor, balance_after_minor)
      values ('main', ${key}, ${accountId}::bigint, 'credits.add', ${String(after - BigInt(MINOR))}::bigint, ${String(after)}::bigint)`;
    return after;
  });
  await sql.begin((transaction) =>
    Promise.all([
      transaction`update operations set state = 'succeeded', lease_until = null, ended_at = now(), result = '{}' where number = ${number}`,
      transaction`
        insert into ledger (panel, account_id, kind, delta_minor, balance_minor, unit_code, unit_scale, operation)
        values ('main', ${accountId}, 'ours', ${MINOR}::bigint, ${String(balance)}::bigint, 'credits', 2, ${number})`,
      transaction`
        insert into audit (actor_id, action, outcome, panel, account_id, operation, facts)
        values (${actorId}, 'credits.grant', 'succeeded', 'main', ${accountId}, ${number}, '{}')`,
      transaction`insert into notices (lane, kind, operation, content) values ('audit', 'operation', ${number}, '{}')`,
    ]),
  );
}
