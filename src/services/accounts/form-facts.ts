import type { AccountReference } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import type { Verb } from '../../domain/operation.ts';
import type { Context } from '../context.ts';

/** What the head of a form tells. */
export interface FormFacts {
  /** The account as the directory last saw it. */
  readonly account: { readonly username: string; readonly name: string | null; readonly email: string } | null;
  /** The reason that the actor gave last for such a verb. */
  readonly lastReason: string | null;
}

interface FormRow {
  username: string | null;
  name: string | null;
  email: string | null;
  last_reason: string | null;
}

/**
 * One query, because a form must be the first answer to an interaction; a panel is not asked.
 *
 * @param verbs the verbs whose last reason is wanted
 */
export async function readFormFacts(
  ctx: Context,
  target: AccountReference | null,
  verbs: readonly Verb[] = [],
): Promise<FormFacts> {
  const [row] = await ctx.store.sql<FormRow[]>`
    select username, directory.name, email, last_reason
    from (
      select (
        select reason from operations
        where actor_id = ${actorId(ctx.actor)} and reason is not null and verb = any(${[...verbs]}::text[])
        order by created_at desc limit 1
      ) as last_reason
    ) as actor
    left join directory on panel = ${target?.panel ?? ''} and account_id = ${target?.accountId ?? ''}`;
  if (!row) throw new Error('the facts of a form are always one row');
  const { username, name, email, last_reason: lastReason } = row;
  return { account: username === null || email === null ? null : { username, name, email }, lastReason };
}
