import type { Context } from '../context.ts';

/** When a day such as `2026-03-01` is over, in the time zone in which people mean it. */
export async function endOfDay({ store: { sql }, timeZone }: Context, day: string): Promise<Date> {
  const [row] = await sql<{ at: Date }[]>`select (${day}::date + 1)::timestamp at time zone ${timeZone} as at`;
  if (!row) throw new Error('a day always has an end');
  return row.at;
}
