import type { Logger } from 'pino';
import { refuse } from '../../domain/refusal.ts';
import type { Store } from '../../store/connect.ts';
import { type Grant, type GrantRow, toGrant } from './grants.ts';

/** Older than this, the snapshot denies. */
const FRESH_MS = 2_000;
const POLL_MS = 1_000;

export interface PolicySnapshot {
  readonly version: number;
  readonly grants: readonly Grant[];
}

/** The grants in memory, kept fresh by notifications of the database and by a look at the version each second. */
export interface PolicySnapshots {
  /** @throws Refusal `policy.stale` when the database has not confirmed the snapshot for two seconds. */
  current(): PolicySnapshot;
  /** At once while the snapshot is fresh, else once the database has confirmed it; rejects when that cannot be reached. */
  fresh(): Promise<void>;
  /** Confirms the snapshot with the database now; rejects when that cannot be reached. */
  refresh(): Promise<void>;
  /** Called with each change of grants or settings, and once at once; again for one that it threw for. */
  subscribe(listener: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function watchPolicy(store: Store, log: Logger): Promise<PolicySnapshots> {
  const listeners: (() => Promise<void>)[] = [];
  let snapshot: PolicySnapshot = { version: -1, grants: [] };
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;

  async function read(): Promise<void> {
    const startedAt = performance.now();
    const [row] = await store.urgent<{ version: bigint }[]>`select version from policy_version`;
    const version = Number(row?.version ?? 0);
    if (version !== snapshot.version) {
      const grants = await readGrants(store);
      for (const listener of listeners) await listener();
      snapshot = { version, grants };
    }
    confirmedAt = startedAt;
  }

  /** One reading at a time; whoever asks while one runs waits for the next, which surely sees what they wrote. */
  async function refresh(): Promise<void> {
    if (running) {
      await running.catch(() => undefined);
      if (running) return running;
    }
    running = read().finally(() => {
      running = null;
    });
    return running;
  }

  const isFresh = () => performance.now() - confirmedAt <= FRESH_MS;
  const poll = () => refresh().catch((error: unknown) => log.warn({ error }, 'the policy could not be refreshed'));
  await refresh();
  const subscription = await store.sql.listen('steward_policy', () => void poll());
  const timer = setInterval(() => void poll(), POLL_MS);

  return {
    current() {
      if (!isFresh()) throw refuse('policy.stale', {});
      return snapshot;
    },
    fresh: () => (isFresh() ? Promise.resolve() : refresh()),
    refresh,
    async subscribe(listener) {
      listeners.push(listener);
      await listener();
    },
    async close() {
      clearInterval(timer);
      await running?.catch(() => undefined);
      await subscription.unlisten().catch(() => undefined);
    },
  };
}

async function readGrants(store: Store): Promise<readonly Grant[]> {
  const rows = await store.urgent<GrantRow[]>`
    select id, subject_kind, subject_id, permission, preset, panel, per_act, per_day
    from grants where revoked_at is null order by id`;
  return rows.map(toGrant);
}
