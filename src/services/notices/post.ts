import type { NoticeLane } from '../../domain/operation.ts';
import type { Sql, Transaction } from '../../store/connect.ts';
import type { Services } from '../context.ts';
import { type Brought, bring, type NoticeRow } from './bring.ts';
import { type Announcer, OutOfReach } from './notice.ts';

export const NOTICE_LANES: readonly NoticeLane[] = ['audit', 'cards', 'direct'];
const BATCH = 5;
/** After so many failures of its own a notice is given up, so that the ones behind it come through. */
const MOST_ATTEMPTS = 20;
/** How long one notice may take, in milliseconds, before whoever brings it is taken for lost: longer than Discord's usual waits. */
const PATIENCE_MS = 120_000;

export interface PostOptions {
  /** Absent, all. */
  readonly lanes?: readonly NoticeLane[];
  readonly patienceMs?: number;
}

/**
 * Brings the notices that are owed: each lane in its order, by one process at a time, waiting for no other lane; a few of them, so that
 * whoever stops need not wait for all. A lane stops at the first that fails, to keep its order.
 *
 * @returns how many were brought or given up, once every one of the lanes has come to its end.
 */
export async function postNotices(
  services: Services,
  announcer: Announcer,
  { lanes = NOTICE_LANES, patienceMs = PATIENCE_MS }: PostOptions = {},
): Promise<number> {
  const owing = await owingLanes(services, lanes);
  const runs = await Promise.allSettled(owing.map((lane) => postLane(services, announcer, lane, patienceMs)));
  const failed = runs.find((run) => run.status === 'rejected');
  if (failed) throw failed.reason;
  return runs.reduce((sum, run) => sum + (run.status === 'fulfilled' ? run.value : 0), 0);
}

const owed = (sql: Sql | Transaction) => sql`posted_at is null and abandoned is null`;

/** Most of the time there is nothing to bring, and that must cost next to nothing. */
async function owingLanes({ store: { sql } }: Services, lanes: readonly NoticeLane[]): Promise<readonly NoticeLane[]> {
  const rows = await sql<{ name: NoticeLane }[]>`
    select name from unnest(${[...lanes]}::text[]) as name
    where exists (select from notices where lane = name and ${owed(sql)})`;
  return rows.map(({ name }) => name);
}

/**
 * The transaction only keeps the others away, while Discord takes its time: what was posted is written beside it, at once. Without its
 * connection it answers no more, and this ends. The server ends it when it has been idle for too long, for a process that is lost or frozen
 * does not; whoever comes next may then say the same once more, which Discord takes for the same message.
 */
async function postLane(
  services: Services,
  announcer: Announcer,
  lane: NoticeLane,
  patienceMs: number,
): Promise<number> {
  return services.store.sql.begin(async (transaction) => {
    const [lock] = await transaction<{ mine: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${`steward:notices:${lane}`}, 0)) as mine,
        set_config('idle_in_transaction_session_timeout', ${String(patienceMs)}, true)`;
    if (!lock?.mine) return 0;
    if (lane === 'audit') await giveUpWithoutChannel(services);
    for (let brought = 0; brought < BATCH; brought += 1) {
      const [row] = await transaction<NoticeRow[]>`
        select id, kind, operation, recipient_id, content, attempts
        from notices where lane = ${lane} and ${owed(transaction)} order by id limit 1`;
      if (!row || !(await bringOne(services, announcer, row))) return brought;
    }
    return BATCH;
  });
}

/** A team that has no audit channel does not want to read all of it once it has one. */
async function giveUpWithoutChannel({ settings, store: { sql } }: Services): Promise<void> {
  if (settings.current().auditChannelId) return;
  await sql`update notices set abandoned = 'no channel is set for it' where lane = 'audit' and ${owed(sql)}`;
}

/** @returns whether the next one may be brought. */
async function bringOne(services: Services, announcer: Announcer, row: NoticeRow): Promise<boolean> {
  try {
    const brought = await bring(services, announcer, row);
    if ('abandoned' in brought) services.log.info({ notice: Number(row.id), ...brought }, 'a notice was not brought');
    await store(services, row, brought);
    return true;
  } catch (error) {
    const attempts = error instanceof OutOfReach ? row.attempts : row.attempts + 1;
    services.log.warn({ error, notice: Number(row.id), attempts }, 'a notice could not be brought');
    const abandoned = attempts >= MOST_ATTEMPTS ? 'too many failures' : null;
    await services.store.sql`update notices set attempts = ${attempts}, abandoned = ${abandoned} where id = ${row.id}`;
    return abandoned !== null;
  }
}

async function store({ store: { sql } }: Services, { id }: NoticeRow, brought: Brought): Promise<void> {
  if ('abandoned' in brought) {
    await sql`update notices set abandoned = ${brought.abandoned} where id = ${id}`;
    return;
  }
  const { channelId = null, messageId = null } = brought.at ?? {};
  await sql`
    update notices set posted_at = now(), channel_id = ${channelId}, message_id = ${messageId} where id = ${id}`;
}
