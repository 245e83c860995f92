import { LRUCache } from 'lru-cache';
import type { Account, AccountReference } from '../../domain/account.ts';
import { formatReference } from '../../domain/account.ts';
import type { Store, Transaction } from '../../store/connect.ts';
import { perStore, writesInBatches } from '../../store/in-batches.ts';
import type { Services } from '../context.ts';

/** How many accounts are remembered as recorded. */
const REMEMBERED = 10_000;
/** What the table said so long ago, in milliseconds, need not be said again. */
const FRESH_ENOUGH_MS = 60_000;
/** For how long. Another process may have recorded something else meanwhile, and `seen_at` must not grow old under people's eyes. */
const REMEMBERED_MS = 60_000;

/** What this process recorded of late. */
const memoryOf = perStore(() => new LRUCache<string, Recorded>({ max: REMEMBERED, ttl: REMEMBERED_MS }));

/** Nearly every look at a panel is recorded: under load many go together. */
const writerOf = perStore((store) => writesInBatches<Sighting>((batch) => upsert(store, batch), 500));

interface Recorded {
  readonly content: string;
  readonly seenAt: Date;
}

interface Sighting {
  readonly account: Account;
  readonly seenAt: Date;
  /** The same, recorded since then, need not be written again. */
  readonly freshFrom: Date;
}

/** When the accounts were seen, where that is not now; `since` has each recorded as seen then or later. */
export interface When {
  readonly seenAt?: Date;
  readonly since?: Date;
}

/**
 * Keeps what was seen of accounts. Of two sightings the later one stays, whichever arrives first. Costs
 * nothing when the same was recorded a moment ago.
 */
export async function recordAccounts(
  services: Services,
  accounts: readonly Account[],
  { seenAt = services.clock.now(), since }: When = {},
): Promise<void> {
  const memory = memoryOf(services);
  const freshFrom = new Date(Math.max(seenAt.getTime() - FRESH_ENOUGH_MS, since?.getTime() ?? 0));
  const isKnown = (key: string, content: string) => {
    const known = memory.get(key);
    return known?.content === content && known.seenAt >= freshFrom;
  };
  const seen = accounts.map((account) => ({ account, key: keyOf(account), content: JSON.stringify(account, exact) }));
  const changed = new Map(seen.filter(({ key, content }) => !isKnown(key, content)).map((one) => [one.key, one]));
  const write = writerOf(services);
  await Promise.all([...changed.values()].map(({ account }) => write({ account, seenAt, freshFrom })));
  for (const { key, content } of changed.values()) {
    if ((memory.get(key)?.seenAt ?? seenAt) <= seenAt) memory.set(key, { content, seenAt });
  }
}

/**
 * Marks an account that its panel no longer has. Its row stays for a while, for what is stored about it.
 *
 * @param askedAt When the panel was asked, where that is not now: who was seen since is there again.
 */
export async function recordVanished(
  services: Services,
  { panel, accountId }: AccountReference,
  askedAt?: Date,
): Promise<void> {
  memoryOf(services).delete(formatReference({ panel, accountId }));
  const { sql } = services.store;
  await sql`
    update directory set vanished_at = ${services.clock.now()}
    where panel = ${panel} and account_id = ${accountId} and vanished_at is null
      ${askedAt ? sql`and seen_at <= ${askedAt}` : sql``}`;
}

function keyOf({ panel, id }: Account): string {
  return formatReference({ panel, accountId: id });
}

const exact = (_name: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** What PostgreSQL's JSON cannot hold, panels may send all the same. */
function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value;
}

/**
 * What is seen is seen again: nobody waits for it to be on the disk, and where the server itself fails its last moment may be lost.
 */
async function upsert({ sql }: Store, batch: readonly Sighting[]): Promise<void> {
  await sql.begin((transaction) =>
    Promise.all([transaction`select set_config('synchronous_commit', 'off', true)`, write(transaction, batch)]),
  );
}

/**
 * One statement for all: every account as one element of a JSON array. Sorted, so that two of these never wait for each other. What the
 * table says already, and said a moment ago, is not written again; asked so that each row is looked up by its key, however many there are.
 */
async function write(sql: Transaction, batch: readonly Sighting[]): Promise<void> {
  const rows = latestOf(batch)
    .map(rowOf)
    .sort((left, right) => (left.panel + left.account_id < right.panel + right.account_id ? -1 : 1));
  await sql`
    insert into directory (
      panel, account_id, email, username, name, status, roles, administrator, verified, balance_minor, unit_code, unit_scale,
      discord_id, created_at, details, seen_at
    )
    select panel, account_id, email, username, name, status, roles, administrator, verified, balance_minor, unit_code, unit_scale,
      discord_id, created_at, coalesce(details, '{}'), seen_at
    from jsonb_to_recordset(${JSON.stringify(rows, storable)}::text::jsonb) as seen (
      panel text, account_id text, email text, username text, name text, status text, roles text[], administrator boolean,
      verified boolean, balance_minor bigint, unit_code text, unit_scale bigint, discord_id text, created_at timestamptz, details jsonb,
      seen_at timestamptz, fresh_from timestamptz
    )
    where not coalesce((
      select true from directory as known
      where known.panel = seen.panel and known.account_id = seen.account_id and known.vanished_at is null
        and known.seen_at >= seen.fresh_from
        and (
          known.email, known.username, known.name, known.status, known.roles, known.administrator, known.verified,
          known.balance_minor, known.unit_code, known.unit_scale, known.discord_id, known.created_at, known.details
        ) is not distinct from (
          seen.email, seen.username, seen.name, seen.status, seen.roles, seen.administrator, seen.verified,
          seen.balance_minor, seen.unit_code, seen.unit_scale, seen.discord_id, seen.created_at, seen.details
        )
    ), false)
    on conflict (panel, account_id) do update set
      email = excluded.email, username = excluded.username, name = excluded.name, status = excluded.status, roles = excluded.roles,
      administrator = excluded.administrator, verified = excluded.verified, balance_minor = excluded.balance_minor,
      unit_code = excluded.unit_code, unit_scale = excluded.unit_scale, discord_id = excluded.discord_id,
      created_at = excluded.created_at, details = excluded.details, seen_at = excluded.seen_at, vanished_at = null
    where directory.seen_at <= excluded.seen_at`;
}

/** Of several sightings of one account the latest; of two at the same time the one that came last. */
function latestOf(batch: readonly Sighting[]): readonly Sighting[] {
  const latest = new Map<string, Sighting>();
  for (const sighting of batch) {
    const key = keyOf(sighting.account);
    const known = latest.get(key);
    if (!known || known.seenAt <= sighting.seenAt) latest.set(key, sighting);
  }
  return [...latest.values()];
}

function rowOf({ account, seenAt, freshFrom }: Sighting) {
  return {
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
    details: account.details,
    seen_at: seenAt,
    fresh_from: freshFrom,
  };
}
