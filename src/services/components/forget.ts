import type { Services } from '../context.ts';

/** Presses are kept a little longer than what was pressed, so that a late redelivery still finds its own. */
const PRESS_LIFE_HOURS = 48;

/** Deletes what nobody can press any more. Returns how many messages' components went. */
export async function forgetComponents({ store }: Pick<Services, 'store'>): Promise<number> {
  const { count } = await store.sql`delete from component_state where expires_at <= now()`;
  await store.sql`delete from component_presses where at <= now() - make_interval(hours => ${PRESS_LIFE_HOURS})`;
  return count;
}
