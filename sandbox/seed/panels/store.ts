import type { Store } from '../../../src/store/connect.ts';
import { USER_IDS } from '../../world.ts';
import { grantRows, insertSettings } from '../team.ts';
import { insertRows } from '../write.ts';
import { tenants } from './community.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The id of the first tenant's account: Pterodactyl's and Pelican's first is the administrator's. */
const FIRST_IDS = { ctrlpanel: 1, pterodactyl: 2, pelican: 2 } as const;

export type SeededPanel = keyof typeof FIRST_IDS;

/**
 * Tells an empty store what Steward knows of panels that it does not keep itself: the team with its rights and settings, unless somebody has
 * told it that, and who is linked. Everything else comes from the panels.
 *
 * @returns false when the store holds links to these panels already, or there are none: nothing was touched.
 */
export async function seedForDoubles(store: Store, panels: readonly SeededPanel[]): Promise<boolean> {
  if (panels.length === 0) return false;
  const now = new Date();
  return store.sql.begin(async (sql) => {
    const [held] = await sql`select from links where panel = any(${[...panels]}) limit 1`;
    if (held) return false;
    const [team] = await sql`select from grants limit 1`;
    if (!team) {
      await insertRows(sql, 'grants', grantRows(now.getTime()));
      await insertSettings(sql);
    }
    for (const panel of panels) await insertRows(sql, 'links', linkRows(panel, now));
    return true;
  });
}

function linkRows(panel: SeededPanel, now: Date) {
  return tenants(now).flatMap(({ customer, isLinkedInSteward }, index) =>
    isLinkedInSteward
      ? {
          panel,
          account_id: String(FIRST_IDS[panel] + index),
          user_id: customer.memberId,
          proof: index % 4 === 0 ? 'staff' : 'email',
          created_by: index % 4 === 0 ? USER_IDS.ada : customer.memberId,
          created_at: new Date(now.getTime() - Math.min(customer.createdDaysAgo - 1, 420) * DAY_MS),
        }
      : [],
  );
}
