import { actorId } from '../../domain/actor.ts';
import type { Fragment } from '../../store/connect.ts';
import type { Context } from '../context.ts';
import { allowed } from '../policy/authorize.ts';

/** Why an account whose panel holds a Discord user is not linked to them by an import; `free`: it is. */
export const IMPORT_VERDICTS = [
  'free',
  'linked',
  'own',
  'account_taken',
  'member_taken',
  'shared',
  'removed',
  'protected',
] as const;

export type ImportVerdict = (typeof IMPORT_VERDICTS)[number];

/**
 * The statement that reads the accounts of a panel for which the directory knows a Discord user, each with what an import makes of it.
 * `shared`: the panel holds the same user for several accounts, and only they can say which is theirs; `removed`: this very link was removed
 * here, for which somebody had a reason.
 */
export function importable(ctx: Context, panel: string): Fragment {
  const { sql } = ctx.store;
  const actor = actorId(ctx.actor);
  return sql`
    select held.account_id, held.username, held.user_id, case
      when of_account.user_id = held.user_id then 'linked'
      when held.user_id = ${actor} then 'own'
      when of_account.user_id is not null then 'account_taken'
      when of_user.user_id is not null then 'member_taken'
      when held.sharing > 1 then 'shared'
      when exists (
        select from links as former
        where former.panel = ${panel} and former.account_id = held.account_id and former.user_id = held.user_id
      ) then 'removed'
      when held.administrator and not ${allowed(ctx, 'accounts.protected', panel)} then 'protected'
      else 'free' end as verdict
    from (
      select account_id, username, discord_id as user_id, administrator, count(*) over (partition by discord_id) as sharing
      from directory
      where panel = ${panel} and discord_id ~ '^[1-9][0-9]{16,18}$' and vanished_at is null and status <> 'deleted'
    ) as held
    left join links as of_account
      on of_account.panel = ${panel} and of_account.account_id = held.account_id and of_account.removed_at is null
    left join links as of_user
      on of_user.panel = ${panel} and of_user.user_id = held.user_id and of_user.removed_at is null`;
}
