import type { Fragment, Sql, Transaction } from '../../store/connect.ts';
import type { Services } from '../context.ts';

/** Of `operations as made` with a secret it is true: it gave its account the password that the account still has, as far as is known. */
export function stillHolds(sql: Sql | Transaction): Fragment {
  return sql`
    made.state = 'succeeded' and not exists (
      select from operations as later
      where later.panel = made.panel and later.account_id = made.account_id and later.verb = made.verb
        and later.number > made.number and later.state = 'succeeded'
    )`;
}

/** Deletes the secrets that nobody can see any more: after a day, or because they open nothing. Returns how many. */
export async function forgetSecrets({ store: { sql } }: Pick<Services, 'store'>): Promise<number> {
  const { count } = await sql`
    delete from secrets using operations as made
    where made.number = operation
      and (expires_at <= now() or made.state = 'failed' or (made.state = 'succeeded' and not (${stillHolds(sql)})))`;
  return count;
}
