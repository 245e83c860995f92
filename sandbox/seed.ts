import type { Store, Transaction } from '../src/store/connect.ts';
import { PANEL } from './panel.ts';
import { type Customer, customers } from './seed/customers.ts';
import { happenings } from './seed/movements.ts';
import { chance } from './seed/random.ts';
import { grantRows, insertSettings } from './seed/team.ts';
import { insertRows, tell } from './seed/write.ts';
import { USER_IDS } from './world.ts';

export interface SeedOptions {
  /** Same seed, same community. */
  readonly seed?: number;
  /** Milliseconds since the Unix epoch that the story leads up to. */
  readonly nowMs?: number;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Fills an empty store with Harbour Hosting's accounts and their last sixty days, in one transaction.
 *
 * @returns false when the store holds something already: nothing was touched.
 */
export async function seedStore(store: Store, { seed = 1, nowMs = Date.now() }: SeedOptions = {}): Promise<boolean> {
  return store.sql.begin(async (sql) => {
    const [held] = await sql`
      select where exists (select from builtin_accounts) or exists (select from operations) or exists (select from grants)`;
    if (held) return false;
    const random = chance(seed);
    const accounts = customers(random);
    const rows = tell(accounts, happenings(random, accounts), nowMs);
    for (const [table, told] of Object.entries(rows)) await insertRows(sql, table, told);
    await fillDirectory(sql);
    await insertRows(sql, 'links', linkRows(accounts, nowMs));
    await insertRows(sql, 'notes', noteRows(accounts, nowMs));
    await insertRows(sql, 'grants', grantRows(nowMs));
    await insertSettings(sql);
    await continueNumbers(sql);
    return true;
  });
}

async function fillDirectory(sql: Transaction): Promise<void> {
  await sql`
    insert into directory (
      panel, account_id, email, username, name, status, roles, administrator, verified, balance_minor, unit_code, unit_scale,
      created_at, seen_at
    )
    select panel, id::text, email, username, name, status, roles, 'administrator' = any(roles), verified, balance_minor, 'credits', 2,
      created_at, now()
    from builtin_accounts`;
}

function linkRows(accounts: readonly Customer[], nowMs: number) {
  return accounts
    .filter(({ memberId }) => memberId !== null)
    .map(({ id, memberId, createdDaysAgo }) => ({
      panel: PANEL.id,
      account_id: String(id),
      user_id: memberId,
      proof: id % 4 === 0 ? 'staff' : 'email',
      created_by: id % 4 === 0 ? USER_IDS.ada : memberId,
      created_at: new Date(nowMs - Math.min(createdDaysAgo - 1, 420) * DAY_MS),
    }));
}

/** What the team wrote about somebody. */
const NOTES: readonly { about: string; by: string; daysAgo: number; text: string }[] = [
  {
    about: 'alex',
    by: 'sam',
    daysAgo: 26,
    text: 'Runs a server for a school class; wants maintenance announced a day ahead.',
  },
  { about: 'alex', by: 'mira', daysAgo: 9, text: 'Moved to the bigger plan, first month at the old price.' },
  { about: 'vito', by: 'mira', daysAgo: 3, text: 'Second chargeback this year. Asked for the bank statement.' },
  {
    about: 'greta',
    by: 'priya_n',
    daysAgo: 0,
    text: 'The panel hung while I credited her. Waiting to see what arrived.',
  },
];

function noteRows(accounts: readonly Customer[], nowMs: number) {
  return NOTES.map(({ about, by, daysAgo, text }, index) => ({
    panel: PANEL.id,
    account_id: String(accounts.find(({ username }) => username === about)?.id),
    text,
    author_id: USER_IDS[by],
    created_at: new Date(nowMs - daysAgo * DAY_MS - 2 * 60 * 60_000),
    origin: `seed:note:${index}`,
  }));
}

/** What comes next is numbered after what was told. */
async function continueNumbers(sql: Transaction): Promise<void> {
  await sql`select setval(pg_get_serial_sequence('builtin_accounts', 'id'), (select max(id) from builtin_accounts))`;
  await sql`select setval(pg_get_serial_sequence('operations', 'number'), (select max(number) from operations))`;
}
