import type { AccountReference } from '../../domain/account.ts';
import type { Sql } from '../../store/connect.ts';
import { serverStep } from '../servers/step.ts';

/** The step with which a suspension of the house's begins. */
export const HOUSE_STEP = 'house';
/** Who suspends the servers that suspended accounts got later. */
export const HOUSE_ACTOR = 'house';

/** What the house knows of an account that it has suspended. */
export interface HouseSuspension {
  /** The operation that did it; null where it cannot be found. */
  readonly number: number | null;
  readonly reason: string;
  /** What was done last to each server since, by its id: `taken`, where the suspension itself did it, else somebody's own deed. */
  readonly servers: ReadonlyMap<string, 'taken' | 'theirs'>;
}

/** Null where the house has not suspended the account. Which servers it took is told by the steps of operations. */
export async function readSuspension(
  sql: Sql,
  { panel, accountId }: AccountReference,
): Promise<HouseSuspension | null> {
  const prefix = serverStep('');
  const [row] = await sql<{ reason: string; number: bigint | null; deeds: { server: string; taken: boolean }[] }[]>`
    select reason, begun.number, (
      select coalesce(jsonb_agg(deed), '[]') from (
        select distinct on (server) substr(step.name, ${prefix.length + 1}::integer) as server,
          operations.number = begun.number or (verb = 'server.suspend' and actor_id = ${`system:${HOUSE_ACTOR}`}) as taken
        from operations join operation_steps as step on step.operation = operations.number
        where panel = ${panel} and account_id = ${accountId}
          -- What has surely changed nothing is no deed.
          and starts_with(step.name, ${prefix}) and step.state <> 'failed' and (
            operations.number = begun.number
            or (verb in ('server.suspend', 'server.unsuspend') and coalesce(step.ended_at, step.started_at) >= begun.ended_at)
          )
        order by server, coalesce(step.ended_at, step.started_at) desc
      ) as deed
    ) as deeds
    from house_suspensions as suspension
    left join lateral (
      select operations.number, step.ended_at
      from operations join operation_steps as step on step.operation = operations.number
      where panel = ${panel} and account_id = ${accountId} and step.name = ${HOUSE_STEP} and step.state = 'succeeded'
      order by step.ended_at desc limit 1
    ) as begun on true
    where suspension.panel = ${panel} and suspension.account_id = ${accountId}`;
  if (!row) return null;
  return {
    number: row.number === null ? null : Number(row.number),
    reason: row.reason,
    servers: new Map(row.deeds.map(({ server, taken }) => [server, taken ? 'taken' : 'theirs'])),
  };
}
