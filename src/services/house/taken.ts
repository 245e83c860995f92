import type { AccountReference } from '../../domain/account.ts';
import type { Sql } from '../../store/connect.ts';

/** The step with which a suspension of the house's begins. */
export const HOUSE_STEP = 'house';
/** Who suspends the servers that suspended accounts got later. */
export const HOUSE_ACTOR = 'house';

/** The step that is about one server. */
export function serverStep(serverId: string): string {
  return `server ${serverId}`;
}

/**
 * What was done last to each server of a suspended account since its suspension began, by its id: `taken`, where the suspension itself did it,
 * else somebody's own deed. Nothing where the house has not suspended the account.
 */
export async function serversSince(
  sql: Sql,
  { panel, accountId }: AccountReference,
): Promise<ReadonlyMap<string, 'taken' | 'theirs'>> {
  const rows = await sql<{ server: string; taken: boolean }[]>`
    with begun as (
      select number, ended_at from (
        select operations.number, step.ended_at
        from operations join operation_steps as step on step.operation = operations.number
        where panel = ${panel} and account_id = ${accountId} and step.name = ${HOUSE_STEP} and step.state = 'succeeded'
          and exists (select from house_suspensions where panel = ${panel} and account_id = ${accountId})
      ) as suspensions order by ended_at desc limit 1
    )
    select distinct on (server) server, taken
    from (
      select substr(step.name, ${serverStep('').length + 1}::integer) as server, coalesce(step.ended_at, step.started_at) as at,
        operations.number = begun.number or (verb = 'server.suspend' and actor_id = ${`system:${HOUSE_ACTOR}`}) as taken
      from begun
      join operations on panel = ${panel} and account_id = ${accountId} and (
        operations.number = begun.number or verb in ('server.suspend', 'server.unsuspend')
      )
      join operation_steps as step on step.operation = operations.number and starts_with(step.name, ${serverStep('')})
      -- What has surely changed nothing is no deed.
      where step.state <> 'failed' and coalesce(step.ended_at, step.started_at) >= begun.ended_at
    ) as deeds
    order by server, at desc`;
  return new Map(rows.map(({ server, taken }) => [server, taken ? 'taken' : 'theirs']));
}
