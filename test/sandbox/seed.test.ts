import { expect, it } from 'vitest';
import { readBooks } from '../../sandbox/hurt/books.ts';
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
      (select count(*)::integer from operations where not exists (select from audit where operation = number)) as unaudited,
      (select count(*)::integer from operations where lease_until is not null or settle_at is not null) as leased,
      (select extract(day from max(at) - min(at))::integer from ledger) as days`;
  expect(counts).toMatchObject({ accounts: 240, directory: 240, suspended: 2, unknown: 1, unaudited: 0, leased: 0 });
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

it("has the panel's own journal say the same as the ledger, but for what asks a person", async () => {
  const { verdict, movements } = await readBooks(store.sql);
  expect(verdict).toEqual({
    tone: 'open',
    says: expect.stringMatching(/^#\d+ asks a person: see #staff\. Else equal: \d+ movements, \+[\d.\u2009]+$/),
  });
  expect(movements[0]).toMatchObject({ account: 'greta', ledger: { state: 'asks a person' }, journal: null });
});

it('tells of an approval given, one refused, a deed taken back and a suspension that has ended', async () => {
  const told = await store.sql`
    select o.verb, o.state, o.failure, o.link_kind, (select username from builtin_accounts where id::text = o.account_id) as username,
      (select decision from approvals where operation = o.number) as decision
    from operations o where approvals_needed is not null or link_kind is not null order by o.created_at`;
  expect(told).toEqual([
    {
      verb: 'credits.grant',
      state: 'succeeded',
      failure: null,
      link_kind: null,
      username: 'olu',
      decision: 'approved',
    },
    {
      verb: 'credits.grant',
      state: 'failed',
      failure: 'declined',
      link_kind: null,
      username: 'benedikt',
      decision: 'declined',
    },
    {
      verb: 'account.unsuspend',
      state: 'succeeded',
      failure: null,
      link_kind: 'end',
      username: 'hugo',
      decision: null,
    },
    { verb: 'credits.deduct', state: 'succeeded', failure: null, link_kind: 'undo', username: 'keiko', decision: null },
  ]);
});

it('goes on numbering after what it told', async () => {
  const [next] = await store.sql`
    insert into builtin_accounts (panel, email, username) values ('main', 'next@example.com', 'next') returning id`;
  expect(next?.id).toBe(1241n);
});
