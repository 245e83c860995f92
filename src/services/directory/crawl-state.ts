/** The row of `crawls`: whose turn it is to read a panel's accounts, and how far they have come. */
import type { PanelFailure } from '../../domain/refusal.ts';
import type { Services } from '../context.ts';

/** How long a crawl is nobody else's business, by the database's clock: longer than a page with all that follows from it may take. */
const LEASE_MS = 4 * 60_000;
/** So long after a crawl has ended the next one begins by itself. */
const CRAWL_EVERY_MS = 60 * 60_000;
/** How long a crawl waits after its first failure; twice as long after each further one, up to the longest. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** A crawl that is under way, and ours until its lease ends. */
export interface Crawl {
  readonly panel: string;
  readonly token: string;
  readonly phase: 'reading' | 'confirming';
  /** While reading, the page to be read next, null for the first one; while confirming, the account that was asked for last. */
  readonly cursor: string | null;
  readonly startedAt: Date;
  readonly seen: number;
  readonly total: number | null;
  /** How long it has waited since it failed; null where it has not. */
  readonly pausedMs: number | null;
}

type Position = Pick<Crawl, 'phase' | 'cursor' | 'seen' | 'total'>;

interface ClaimedRow {
  phase: Crawl['phase'];
  cursor: string | null;
  started_at: Date;
  seen: bigint;
  total: bigint | null;
  paused_ms: number | null;
}

/** Takes a panel's crawl, where one is under way and left alone, or is due; null where there is nothing to do, or somebody else does it. */
export async function claimCrawl(services: Services, panel: string, token: string): Promise<Crawl | null> {
  const { sql } = services.store;
  const now = services.clock.now();
  const lastDue = new Date(now.getTime() - CRAWL_EVERY_MS);
  await sql`insert into crawls (panel) values (${panel}) on conflict do nothing`;
  const [row] = await sql<ClaimedRow[]>`
    update crawls set
      lease_token = ${token}, lease_until = now() + make_interval(secs => ${LEASE_MS / 1000}),
      phase = case phase when 'idle' then 'reading' else phase end,
      cursor = case when phase <> 'idle' then cursor end,
      started_at = case phase when 'idle' then ${now} else started_at end,
      seen = case phase when 'idle' then 0 else seen end,
      total = case when phase <> 'idle' then total end,
      requested_at = case when phase <> 'idle' then requested_at end
    from (
      select extract(epoch from lease_until - failed_at)::float8 * 1000 as paused_ms from crawls where panel = ${panel}
    ) as before
    where panel = ${panel} and (lease_until is null or lease_until < now())
      and (phase <> 'idle' or requested_at is not null or finished_at is null or finished_at < ${lastDue})
    returning phase, cursor, started_at, seen, total, paused_ms`;
  if (!row) return null;
  return {
    panel,
    token,
    phase: row.phase,
    cursor: row.cursor,
    startedAt: row.started_at,
    seen: Number(row.seen),
    total: row.total === null ? null : Number(row.total),
    pausedMs: row.paused_ms,
  };
}

/** Keeps how far a crawl has come, and the right to go on; null when somebody else has taken it meanwhile. */
export async function keepCrawl({ store }: Services, crawl: Crawl, at: Position): Promise<Crawl | null> {
  const { count } = await store.sql`
    update crawls set phase = ${at.phase}, cursor = ${at.cursor}, seen = ${at.seen}, total = ${at.total},
      lease_until = now() + make_interval(secs => ${LEASE_MS / 1000}), failure = null, failed_at = null
    where panel = ${crawl.panel} and lease_token = ${crawl.token}`;
  return count === 0 ? null : { ...crawl, ...at, pausedMs: null };
}

/** Notes why a step failed. Nobody takes the crawl up again before its pause is over. */
export async function pauseCrawl(
  { store }: Services,
  crawl: Crawl,
  failure: PanelFailure,
  at: Position,
): Promise<void> {
  const pauseMs = Math.min(Math.max((crawl.pausedMs ?? 0) * 2, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
  await store.sql`
    update crawls set phase = ${at.phase}, cursor = ${at.cursor}, seen = ${at.seen}, total = ${at.total},
      lease_token = null, lease_until = now() + make_interval(secs => ${pauseMs / 1000}),
      failure = ${failure}, failed_at = now()
    where panel = ${crawl.panel} and lease_token = ${crawl.token}`;
}

/** Whether what fails has failed for as long as a crawl waits: then it goes another way. */
export function hasTriedLong({ pausedMs }: Crawl): boolean {
  return pausedMs !== null && pausedMs >= LONGEST_PAUSE_MS;
}

/** Ends a crawl that has seen all there is. */
export async function finishCrawl(services: Services, { panel, token, startedAt, seen }: Crawl): Promise<void> {
  await services.store.sql`
    update crawls set phase = 'idle', cursor = null, lease_token = null, lease_until = null, failure = null, failed_at = null,
      finished_at = ${services.clock.now()}, finished_seen = ${seen},
      finished_vanished = (select count(*) from directory where panel = ${panel} and vanished_at >= ${startedAt})
    where panel = ${panel} and lease_token = ${token}`;
}

/** Leaves a crawl where it is, for whoever comes next. */
export async function leaveCrawl({ store }: Services, panel: string, token: string): Promise<void> {
  await store.sql`
    update crawls set lease_token = null, lease_until = null where panel = ${panel} and lease_token = ${token}`;
}

/** Lets a panel be crawled as soon as somebody is free to. Nothing where a crawl is under way, but that it waits no longer. */
export async function askForCrawl(services: Services, panel: string): Promise<void> {
  const now = services.clock.now();
  await services.store.sql`
    insert into crawls (panel, requested_at) values (${panel}, ${now})
    on conflict (panel) do update set
      requested_at = case when crawls.phase = 'idle' then ${now} else crawls.requested_at end,
      lease_until = case when crawls.lease_token is not null then crawls.lease_until end`;
}

/** How the reading of a panel's accounts stands. */
export interface CrawlState {
  readonly phase: 'idle' | 'reading' | 'confirming';
  readonly requested: boolean;
  /** When the one that is under way began, how many accounts it has seen, and of how many, where the panel says so. */
  readonly startedAt: Date | null;
  readonly seen: number;
  readonly total: number | null;
  /** The last whole one; null before the first. */
  readonly last: {
    readonly finishedAt: Date;
    readonly seen: number;
    readonly vanished: number;
    /** Null while the next one is under way. */
    readonly durationMs: number | null;
  } | null;
  /** Why its last step failed; null since one has succeeded. */
  readonly failure: { readonly kind: PanelFailure; readonly at: Date } | null;
}

interface StateRow {
  phase: CrawlState['phase'];
  requested_at: Date | null;
  started_at: Date | null;
  seen: bigint;
  total: bigint | null;
  finished_at: Date | null;
  finished_seen: bigint | null;
  finished_vanished: bigint | null;
  failure: PanelFailure | null;
  failed_at: Date | null;
}

const NEVER: CrawlState = {
  phase: 'idle',
  requested: false,
  startedAt: null,
  seen: 0,
  total: null,
  last: null,
  failure: null,
};

/** How each of these panels stands, by its id. */
export async function readCrawls(
  { store }: Services,
  panels: readonly string[],
): Promise<(panel: string) => CrawlState> {
  const rows = await store.sql<(StateRow & { panel: string })[]>`
    select panel, phase, requested_at, started_at, seen, total, finished_at, finished_seen, finished_vanished, failure, failed_at
    from crawls where panel = any(${[...panels]}::text[])`;
  const states = new Map(rows.map((row) => [row.panel, toState(row)]));
  return (panel) => states.get(panel) ?? NEVER;
}

function toState(row: StateRow): CrawlState {
  const { phase, started_at: startedAt, finished_at: finishedAt, failure, failed_at: failedAt } = row;
  const durationMs = phase === 'idle' && startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null;
  return {
    phase,
    requested: row.requested_at !== null,
    startedAt,
    seen: Number(row.seen),
    total: row.total === null ? null : Number(row.total),
    last: finishedAt && {
      finishedAt,
      seen: Number(row.finished_seen ?? 0),
      vanished: Number(row.finished_vanished ?? 0),
      durationMs,
    },
    failure: failure && failedAt && { kind: failure, at: failedAt },
  };
}
