import type { Services } from '../context.ts';

/** For so long the directory still knows an account that its panel no longer has. */
const KEPT_DAYS = 30;

/** Forgets accounts that have long vanished. What was done to them, and who was linked to them, stays. @returns how many there were. */
export async function forgetVanished({ store, clock }: Pick<Services, 'store' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * 24 * 60 * 60_000);
  const { count } = await store.sql`delete from directory where vanished_at < ${before}`;
  return count;
}
