import { expect, it } from 'vitest';
import { seedStore } from '../../sandbox/seed.ts';
import { testStore } from '../harness/database.ts';

const store = await testStore();
const NOW_MS = Date.UTC(2026, 5, 1);

it('tells the community once: 240 accounts, sixty days of movements that add up, and what one should meet', async () => {
  expect(await seedStore(store, { seed: 7, nowMs: NOW_MS })).toBe(true);
  expect(await seedStore(store, { seed: 7, nowMs: NOW_MS })).toBe(false);
  const [counts] = await store.sql`
    select
      (select count(*)::integer from builtin_accounts) as accounts,
      (select count(*)::integer from directory) as directory,
      (select count(*)::integer from builtin_accounts where status = 'suspended') as suspended,
      (select count(*)::integer from operations where state = 'unknown') as unknown,
      (select count(*)::integer from links) as links,
      (select count(*)::integer from audit) - (select count(*)::integer from operations) as unaudited,
      (select extract(day from max(at) - min(at))::integer from ledger) as days`;
  expect(counts).toMatchObject({ accounts: 240, directory: 240, suspended: 2, unknown: 1, unaudited: 0 });
  expect(counts?.links).toBeGreaterThan(30);
  expect(counts?.days).toBeGreaterThan(55);
});

it('leaves books that balance on every account', async () => {
  const wrong = await store.sql`
    select id from builtin_accounts
    left join (
      select account_id, sum(delta_minor) as total, sum(delta_minor) filter (where kind = 'ours') as ours from ledger group by account_id
    ) as moved on moved.account_id = id::text
    left join (
      select account_id, sum(delta_minor) as ours from operations where state = 'succeeded' group by account_id
    ) as done on done.account_id = id::text
    where coalesce(total, 0) <> balance_minor or coalesce(moved.ours, 0) <> coalesce(done.ours, 0) or balance_minor < 0`;
  expect(wrong).toHaveLength(0);
  expect(await store.sql`select from ledger`).not.toHaveLength(0);
});

it('goes on numbering after what it told', async () => {
  const [next] = await store.sql`
    insert into builtin_accounts (panel, email, username) values ('main', 'next@example.com', 'next') returning id`;
  expect(next?.id).toBe(1241n);
});
