import { type Change, type JsonValue, PanelError } from '../../panels/panel.ts';
import type { Services } from '../context.ts';
import { jsonParameter, toStored } from '../json.ts';

/**
 * Runs the parts of one operation: each part's intent is a row before it runs, and its outcome after. A part that has succeeded is
 * not run again; its stored result is returned.
 *
 * @param repeatable Whether a part that says nothing of itself may be run again.
 * @param mayBegin Throws when nothing may be sent to the panel any more.
 */
export function stepRunner(
  { store: { sql }, at }: Services,
  operation: number,
  { repeatable, mayBegin }: { readonly repeatable: boolean; readonly mayBegin: () => void },
): Change['step'] {
  let position = 0;
  let done = 0;
  return async function step<Result extends JsonValue>(
    name: string,
    run: () => Promise<Result>,
    options: { readonly repeatable?: boolean } = {},
  ): Promise<Result> {
    position += 1;
    const [row] = await sql<{ state: string; result: { value: JsonValue } | null }[]>`
      insert into operation_steps (operation, name, position, state, repeatable)
      values (${operation}, ${name}, ${position}, 'pending', ${options.repeatable ?? repeatable})
      on conflict (operation, name) do update set started_at = case
        when operation_steps.state = 'succeeded' then operation_steps.started_at else now() end
      returning state, result`;
    if (row?.state === 'succeeded') {
      done += 1;
      return row.result?.value as Result;
    }
    await at(`step:${name}:before`);
    // Whoever has taken the operation over by now may have stored this part as done: that stays.
    try {
      mayBegin();
      const result = await run();
      await at(`step:${name}:after`);
      await sql`
        update operation_steps set state = 'succeeded', result = ${jsonParameter(sql, toStored({ value: result }))}, ended_at = now()
        where operation = ${operation} and name = ${name} and state <> 'succeeded'`;
      done += 1;
      return result;
    } catch (error) {
      const state = error instanceof PanelError && error.effect === 'none' ? 'failed' : 'unknown';
      await sql`
        update operation_steps set state = ${state}, ended_at = now()
        where operation = ${operation} and name = ${name} and state <> 'succeeded'`;
      throw afterOthers(error, done);
    }
  };
}

/** A part that surely changed nothing leaves the whole half done when others were done before it. */
function afterOthers(error: unknown, done: number): unknown {
  if (!(error instanceof PanelError) || error.effect !== 'none' || done === 0) return error;
  return new PanelError(error.kind, 'partial', error.message, { detail: error.detail, cause: error });
}
