import { LRUCache } from 'lru-cache';
import type { Account, AccountReference } from '../../domain/account.ts';
import { formatReference } from '../../domain/account.ts';
import type { Services } from '../context.ts';
import { canonicalJson, toStored } from '../json.ts';

/** How many accounts are remembered as recorded. */
const REMEMBERED = 10_000;
/** For how long. Another process may have recorded something else meanwhile, and `seen_at` must not grow old under people's eyes. */
const REMEMBERED_MS = 60_000;

/** What this process recorded of late, for each store. */
const recorded = new WeakMap<Services['store'], LRUCache<string, string>>();

/**
 * Keeps what was seen of accounts. Of two sightings the later one stays, whichever arrives first. Costs
 * nothing when the same was recorded a moment ago.
 */
export async function recordAccounts(services: Services, accounts: readonly Account[]): Promise<void> {
  const memory = memoryOf(services);
  const seen = accounts.map((account) => ({ account, key: keyOf(account), content: canonicalJson(toStored(account)) }));
  const changed = seen.filter(({ key, content }) => memory.get(key) !== content);
  if (changed.length === 0) return;
  await upsert(services, [...new Map(changed.map(({ account, key }) => [key, account])).values()]);
  for (const { key, content } of changed) memory.set(key, content);
}

/** Marks an account that its panel no longer has. Its row stays for a while, for what is stored about it. */
export async function recordVanished(services: Services, { panel, accountId }: AccountReference): Promise<void> {
  memoryOf(services).delete(formatReference({ panel, accountId }));
  await services.store.sql`
    update directory set vanished_at = ${services.clock.now()}
    where panel = ${panel} and account_id = ${accountId} and vanished_at is null`;
}

function memoryOf({ store }: Services): LRUCache<string, string> {
  const known = recorded.get(store);
  if (known) return known;
  const memory = new LRUCache<string, string>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  recorded.set(store, memory);
  return memory;
}

function keyOf({ panel, id }: Account): string {
  return formatReference({ panel, accountId: id });
}

/** What PostgreSQL's JSON cannot hold, panels may send all the same. */
function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value;
}

/** One statement for all: every account as one element of a JSON array. Sorted, so that two of these never wait for each other. */
async function upsert({ store, clock }: Services, accounts: readonly Account[]): Promise<void> {
  const seenAt = clock.now();
  const rows = accounts
    .map((account) => ({
      panel: account.panel,
      account_id: account.id,
      email: account.email,
      username: account.username,
      name: account.name,
      status: account.status,
      roles: account.roles,
      administrator: account.administrator,
      verified: account.verified,
      balance_minor: account.balance?.minor.toString() ?? null,
      unit_code: account.balance?.unit.code ?? null,
      unit_scale: account.balance?.unit.scale ?? null,
      discord_id: account.discordId,
      created_at: account.createdAt,
      seen_at: seenAt,
    }))
    .sort((left, right) => (left.panel + left.account_id < right.panel + right.account_id ? -1 : 1));
  await store.sql`
    insert into directory (
      panel, account_id, email, username, name, status, roles, administrator, verified, balance_minor, unit_code, unit_scale,
      discord_id, created_at, seen_at
    )
    select panel, account_id, email, username, name, status, roles, administrator, verified, balance_minor, unit_code, unit_scale,
      discord_id, created_at, seen_at
    from jsonb_to_recordset(${JSON.stringify(rows, storable)}::text::jsonb) as seen (
      panel text, account_id text, email text, username text, name text, status text, roles text[], administrator boolean,
      verified boolean, balance_minor bigint, unit_code text, unit_scale bigint, discord_id text, created_at timestamptz,
      seen_at timestamptz
    )
    on conflict (panel, account_id) do update set
      email = excluded.email, username = excluded.username, name = excluded.name, status = excluded.status, roles = excluded.roles,
      administrator = excluded.administrator, verified = excluded.verified, balance_minor = excluded.balance_minor,
      unit_code = excluded.unit_code, unit_scale = excluded.unit_scale, discord_id = excluded.discord_id,
      created_at = excluded.created_at, seen_at = excluded.seen_at, vanished_at = null
    where directory.seen_at <= excluded.seen_at`;
}
