import type { Account } from '../../domain/account.ts';
import type { JsonValue } from '../../panels/panel.ts';
import type { Sql, Transaction } from '../../store/connect.ts';
import type { Services } from '../context.ts';
import { fromStored } from '../json.ts';
import { type OperationSummary, type SummaryRow, toSummary } from '../operations/summary.ts';
import { type Grant, withPanelLabel } from '../policy/grants.ts';

/** What a notice tells. */
export type Notice =
  | {
      readonly kind: 'operation';
      readonly operation: OperationSummary;
      /** Username of the account, as it was before, came to be, or was to become. */
      readonly username: string | null;
      readonly balance: { readonly before: bigint; readonly after: bigint } | null;
    }
  | PolicyNotice;

interface PolicyNotice {
  readonly kind: 'policy';
  readonly action: 'policy.grant' | 'policy.revoke';
  readonly actorId: string;
  readonly grant: Grant;
}

/** Nobody can be reached at all, which says nothing of the notice: it is tried for as long as that lasts. */
export class OutOfReach extends Error {}

/** Brings notices to people. Throws when it could not and may be tried again, {@link OutOfReach} as often as need be. */
export interface Announcer {
  /** Posts to a channel; returns the message's id, or null when that channel can never take it (gone, no access). */
  post(channelId: string, notice: Notice): Promise<string | null>;
  /** Tells owners in a DM, each of them once of the notice with this `id`. Closed DMs are no failure. */
  tellOwners(notice: Notice, id: number): Promise<void>;
}

const LOCK = 'steward:notices';
const BATCH = 5;
/** After so many failures a notice is given up, so that the ones behind it come through. */
const MOST_ATTEMPTS = 20;

interface NoticeRow {
  id: bigint;
  kind: 'operation' | 'policy';
  content: JsonValue;
  attempts: number;
  summary: (SummaryRow & { input: JsonValue; state_before: JsonValue; result: JsonValue }) | null;
}

/**
 * Posts the notices that are owed, in their order, one process at a time; a few of them, so that whoever stops need not wait for all.
 * Stops at the first that fails, to keep the order.
 *
 * @returns how many were posted.
 */
export async function postNotices(services: Services, announcer: Announcer): Promise<number> {
  return services.store.sql.begin(async (transaction) => {
    const [lock] = await transaction<{ mine: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${LOCK}, 0)) as mine,
        set_config('idle_in_transaction_session_timeout', '0', true)`;
    return lock?.mine ? postOwed(services, announcer, transaction) : 0;
  });
}

/**
 * `transaction` only keeps the others away, while Discord takes its time: what was posted is written beside it, at once. Without its
 * connection it answers no more, and this ends.
 */
async function postOwed(services: Services, announcer: Announcer, transaction: Transaction): Promise<number> {
  const { sql } = services.store;
  const channelId = services.settings.current().auditChannelId;
  if (!channelId)
    await sql`update notices set abandoned = 'no audit channel' where kind = 'operation' and ${owed(sql)}`;
  for (let posted = 0; posted < BATCH; posted += 1) {
    const [row] = await transaction<NoticeRow[]>`
      select id, kind, content, attempts, (select to_jsonb(o) from operations o where o.number = notices.operation) as summary
      from notices where ${owed(transaction)} order by id limit 1`;
    if (!row || !(await postOne(services, announcer, row, channelId))) return posted;
  }
  return BATCH;
}

const owed = (sql: Sql | Transaction) => sql`posted_at is null and abandoned is null`;

async function postOne(
  services: Services,
  announcer: Announcer,
  row: NoticeRow,
  channelId: string | null,
): Promise<boolean> {
  const { sql } = services.store;
  try {
    const notice = toNotice(services, row);
    if (notice.kind === 'policy') await announcer.tellOwners(notice, Number(row.id));
    const messageId = channelId ? await announcer.post(channelId, notice) : null;
    if (messageId)
      await sql`update notices set posted_at = now(), channel_id = ${channelId}, message_id = ${messageId} where id = ${row.id}`;
    else
      await sql`update notices set abandoned = ${channelId ? 'the channel refused it' : 'no audit channel'} where id = ${row.id}`;
    return true;
  } catch (error) {
    const attempts = error instanceof OutOfReach ? row.attempts : row.attempts + 1;
    services.log.warn({ error, notice: Number(row.id), attempts }, 'a notice could not be posted');
    const abandoned = attempts >= MOST_ATTEMPTS ? 'too many failures' : null;
    await sql`update notices set attempts = ${attempts}, abandoned = ${abandoned} where id = ${row.id}`;
    return abandoned !== null;
  }
}

function toNotice({ panels }: Services, { kind, content, summary }: NoticeRow): Notice {
  if (kind === 'policy') {
    const change = content as unknown as Omit<PolicyNotice, 'kind'>;
    return { kind, ...change, grant: withPanelLabel(panels, change.grant) };
  }
  if (!summary) throw new Error('a notice of an operation has its operation');
  const result = fromStored(summary.result) as { account?: Account; before?: unknown; after?: unknown } | null;
  const before = fromStored(summary.state_before) as Account | null;
  const meant = fromStored(summary.input) as { username?: string };
  return {
    kind,
    operation: toSummary(summary),
    username: result?.account?.username ?? before?.username ?? meant.username ?? null,
    balance: balanceOf(result),
  };
}

function balanceOf(result: { before?: unknown; after?: unknown } | null): { before: bigint; after: bigint } | null {
  const before = (result?.before as { minor?: unknown } | null | undefined)?.minor;
  const after = (result?.after as { minor?: unknown } | null | undefined)?.minor;
  return typeof before === 'bigint' && typeof after === 'bigint' ? { before, after } : null;
}
