import { renderView } from '../../src/discord/render.ts';
import { createPanels } from '../../src/panels/registry.ts';
import { readRecords } from '../../src/services/operations/read.ts';
import type { Store } from '../../src/store/connect.ts';
import { auditLine } from '../../src/views/audit-line.ts';
import type { MessageBody } from '../discord/message-builder.ts';
import type { LocalDiscord } from '../discord/server.ts';
import { PANEL } from '../panel.ts';
import { CHANNEL_IDS } from '../world.ts';

/** How long Steward has posted to the audit channel, in days: since the conversation in which the team talks of it. */
const POSTING_DAYS = 9;

/**
 * Puts into the audit channel what Steward has posted there, in its own words. Each line is known as posted, so that whatever becomes of
 * the operation changes it.
 */
export async function postAuditLines(store: Store, discord: LocalDiscord): Promise<void> {
  const { sql } = store;
  const panels = createPanels([{ ...PANEL, kind: 'builtin', values: {} }], store);
  const told = await sql<{ number: bigint }[]>`
    select number from operations
    where coalesce(ended_at, created_at) > now() - make_interval(days => ${POSTING_DAYS}) order by coalesce(ended_at, created_at)`;
  const numbers = told.map(({ number }) => Number(number));
  for (const record of await readRecords({ store, panels }, numbers)) {
    const at = record.endedAt ?? record.operation.at;
    const { body } = renderView(auditLine(record, { mayBeUndone: false }), { key: null, strict: true });
    const sent: MessageBody = JSON.parse(JSON.stringify(body));
    const message = discord.addOldMessage(CHANNEL_IDS.staffAudit, sent, at.getTime());
    await sql`
      insert into notices (lane, kind, operation, content, created_at, posted_at, channel_id, message_id)
      values ('audit', 'operation', ${record.operation.number}, '{}', ${at}, ${at}, ${message.channel_id}, ${message.id})`;
  }
}
