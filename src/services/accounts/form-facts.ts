import type { AccountDetails, AccountReference } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import type { Verb } from '../../domain/operation.ts';
import type { FieldValues } from '../../panels/panel.ts';
import type { Context } from '../context.ts';

/** What the head of a form tells. */
export interface FormFacts {
  /** The account as the directory last saw it. */
  readonly account: { readonly username: string; readonly values: FieldValues } | null;
  /** The reason that the actor gave last for such a verb. */
  readonly lastReason: string | null;
}

interface FormRow {
  username: string | null;
  name: string | null;
  email: string | null;
  details: AccountDetails | null;
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
    select username, directory.name, email, details, last_reason
    from (
      select (
        select reason from operations
        where actor_id = ${actorId(ctx.actor)} and reason is not null and verb = any(${[...verbs]}::text[])
        order by created_at desc limit 1
      ) as last_reason
    ) as actor
    left join directory on panel = ${target?.panel ?? ''} and account_id = ${target?.accountId ?? ''}`;
  if (!row) throw new Error('the facts of a form are always one row');
  const { username, name, email, details, last_reason: lastReason } = row;
  if (username === null || email === null) return { account: null, lastReason };
  const { firstName = '', lastName = '', language = '' } = details ?? {};
  const values = { email, username, name: name ?? '', firstName, lastName, language };
  return { account: { username, values }, lastReason };
}
