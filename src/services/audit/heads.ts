import type { Store } from '../../store/connect.ts';
import type { Services } from '../context.ts';
import { oweNotice } from '../notices/owe.ts';

/** How far the log was sealed: who keeps its head can prove later that nothing before it was touched. */
export interface Head {
  /** How many rows were sealed. */
  readonly position: number;
  /** The seal of the last of them, in 64 hexadecimal digits. */
  readonly seal: string;
}

/** A head that was posted, as the message itself says. */
export interface PostedHead extends Head {
  readonly at: Date;
}

/** The heads that were posted, read where they were posted: the database that remembers them may have been changed with the log. */
export interface PostedHeads {
  /**
   * Those among the last thousand messages of a channel, newest first; without any, the one in the message that is named.
   *
   * @returns none where the channel cannot be read.
   */
  among(channelId: string, messageId: string | null): Promise<readonly PostedHead[]>;
}

const LOCK = 'steward:audit-head';
/** A little less than the day in which one is posted, so that the time of day does not wander. */
const PAUSE_HOURS = 20;

/** Has the head posted: once a day, where anything was sealed since the last one. Whoever calls it more often posts no more. */
export async function postHead({ store, settings }: Pick<Services, 'store' | 'settings'>): Promise<void> {
  if (settings.current().auditChannelId === null) return;
  await store.sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`;
    const [head] = await transaction<{ position: bigint; seal: string }[]>`
      select position, encode(seal, 'hex') as seal
      from (select position, seal from audit_seals order by position desc limit 1) as last
      where not exists (
        select from notices where kind = 'head' and (
          created_at > now() - make_interval(hours => ${PAUSE_HOURS})
          or (abandoned is null and (content->>'position')::bigint = position)
        )
      )`;
    if (head) await oweNotice(transaction, { kind: 'head', content: { ...head, position: Number(head.position) } });
  });
}

/** The head that was posted last, as the database remembers it. */
export async function rememberedHead(
  store: Store,
): Promise<(PostedHead & { readonly channelId: string; readonly messageId: string }) | null> {
  const [row] = await store.sql<{ content: Head; posted_at: Date; channel_id: string; message_id: string }[]>`
    select content, posted_at, channel_id, message_id from notices
    where kind = 'head' and posted_at is not null order by id desc limit 1`;
  return row ? { ...row.content, at: row.posted_at, channelId: row.channel_id, messageId: row.message_id } : null;
}
