import type { JsonValue } from '../../panels/panel.ts';
import { PanelError } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { jsonParameter, toStored } from '../json.ts';

/**
 * Runs the parts of one operation: each part's intent is a row before it runs, and its outcome after. A part that has succeeded is
 * not run again; its stored result is returned.
 */
export function stepRunner(ctx: Context, operation: number) {
  let position = 0;
  return async function step<Result extends JsonValue>(name: string, run: () => Promise<Result>): Promise<Result> {
    position += 1;
    const { sql } = ctx.store;
    const [row] = await sql<{ state: string; result: { value: JsonValue } | null }[]>`
      insert into operation_steps (operation, name, position, state) values (${operation}, ${name}, ${position}, 'pending')
      on conflict (operation, name) do update set started_at = case
        when operation_steps.state = 'succeeded' then operation_steps.started_at else now() end
      returning state, result`;
    if (row?.state === 'succeeded') return row.result?.value as Result;
    await ctx.at(`step:${name}:before`);
    try {
      const result = await run();
      await ctx.at(`step:${name}:after`);
      await sql`
        update operation_steps set state = 'succeeded', result = ${jsonParameter(sql, toStored({ value: result }))}, ended_at = now()
        where operation = ${operation} and name = ${name}`;
      return result;
    } catch (error) {
      const state = error instanceof PanelError && error.effect === 'none' ? 'failed' : 'unknown';
      await sql`
        update operation_steps set state = ${state}, ended_at = now() where operation = ${operation} and name = ${name}`;
      throw error;
    }
  };
}
