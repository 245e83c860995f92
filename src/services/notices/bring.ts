/** One owed notice: what it tells now, where it goes, and what came of it. */
import type { JsonValue } from '../../panels/panel.ts';
import type { Services } from '../context.ts';
import { readCard } from '../operations/card.ts';
import { readRecord } from '../operations/read.ts';
import type { OperationRecord } from '../operations/record.ts';
import { undoUntil } from '../operations/undo-window.ts';
import { type Reached, reach } from '../people/reach.ts';
import { withPanelLabel } from '../policy/grants.ts';
import type { Announcer, HeadNotice, Notice, PolicyNotice, PostedMessage } from './notice.ts';
import { type OwedNotice, oweNotice } from './owe.ts';
import { isTold } from './told.ts';

export interface NoticeRow {
  readonly id: bigint;
  readonly kind: OwedNotice['kind'] | 'policy';
  readonly operation: bigint | null;
  readonly recipient_id: string | null;
  readonly content: JsonValue;
  readonly attempts: number;
}

/** It was brought (a direct message is not changed later, so its place is not kept), or there is no use in trying again. */
export type Brought = { readonly at: PostedMessage | null } | { readonly abandoned: string };

const NOT_TOLD: Brought = { abandoned: 'nobody is to be told' };
const OVER: Brought = { abandoned: 'nobody is asked any more' };
const NO_CHANNEL: Brought = { abandoned: 'no channel is set for it' };
const REFUSED: Brought = { abandoned: 'the channel refused it' };
const CLOSED: Brought = { abandoned: 'they accept no direct messages' };

/** @throws OutOfReach, and Error for what is wrong with this notice. */
export async function bring(services: Services, announcer: Announcer, row: NoticeRow): Promise<Brought> {
  switch (row.kind) {
    case 'policy':
      return bringPolicy(services, announcer, row);
    case 'head':
      return post(announcer, row, auditChannel(services), {
        kind: 'head',
        ...(row.content as unknown as Omit<HeadNotice, 'kind'>),
      });
    case 'operation':
      return bringLine(services, announcer, row);
    case 'card':
      return bringCard(services, announcer, row);
    case 'reminder':
      return bringReminder(services, announcer, row);
    case 'member':
      return tellMember(services, announcer, row);
    case 'requester':
      return tellRequester(services, announcer, row);
  }
}

function auditChannel({ settings }: Services): string | null {
  return settings.current().auditChannelId;
}

/** Where approvals and doubts are laid before people: in the first of these that takes them. */
function cardChannels({ settings }: Services): readonly string[] {
  const { approvalsChannelId, staffChannelIds, auditChannelId } = settings.current();
  return [approvalsChannelId, staffChannelIds[0], auditChannelId].filter((id) => typeof id === 'string');
}

async function bringPolicy(services: Services, announcer: Announcer, row: NoticeRow): Promise<Brought> {
  const stored = { kind: 'policy', ...(row.content as object) } as PolicyNotice;
  const notice =
    stored.action === 'settings.change' ? stored : { ...stored, grant: withPanelLabel(services.panels, stored.grant) };
  return row.recipient_id === null
    ? post(announcer, row, auditChannel(services), notice)
    : tell(services, announcer, row, notice);
}

/** An operation has one line in the audit channel, which changes with it. */
async function bringLine(services: Services, announcer: Announcer, row: NoticeRow): Promise<Brought> {
  const record = await recordOf(services, row);
  const notice: Notice = { kind: 'operation', record, undoUntil: undoUntil(record, services.settings.current()) };
  return (await editEarlier(services, announcer, row, notice)) ?? post(announcer, row, auditChannel(services), notice);
}

/** And one card, which is posted only while somebody is asked. */
async function bringCard(services: Services, announcer: Announcer, row: NoticeRow): Promise<Brought> {
  const card = await readCard(services, Number(row.operation));
  const { record } = card;
  const notice: Notice = { kind: 'card', ...card };
  const edited = await editEarlier(services, announcer, row, notice);
  if (edited) return edited;
  return asks(record) ? postFirst(announcer, row, cardChannels(services), notice) : OVER;
}

function asks({ waiting, doubt }: OperationRecord): boolean {
  return waiting !== null || doubt !== null;
}

async function bringReminder(services: Services, announcer: Announcer, row: NoticeRow): Promise<Brought> {
  const record = await recordOf(services, row);
  if (!asks(record)) return OVER;
  const card = await earlier(services, { ...row, kind: 'card' });
  const notice: Notice = { kind: 'reminder', record, alertRoleId: services.settings.current().alertRoleId };
  return card
    ? post(announcer, row, card.channelId, notice, card.messageId)
    : postFirst(announcer, row, cardChannels(services), notice);
}

async function tellMember(services: Services, announcer: Announcer, row: NoticeRow): Promise<Brought> {
  const record = await recordOf(services, row);
  const { left = null } = row.content as { readonly left?: 'day' | 'hour' };
  if (!(await isTold(services, record, row.recipient_id ?? '', left))) return NOT_TOLD;
  const brought = await tell(services, announcer, row, { kind: 'member', record, left });
  if (brought === CLOSED && record.operation.verb === 'account.password') await oweUnreached(services, record);
  return brought;
}

/** Whoever made a password that its reader has not heard of is told, once, so that they tell them. */
async function oweUnreached({ store: { sql } }: Services, { operation: { number, actorId } }: OperationRecord) {
  await sql.begin(async (transaction) => {
    const told = await transaction`
      select from notices where operation = ${number} and kind = 'requester' and content ? 'unreached'`;
    if (told.length > 0 || actorId.startsWith('system:')) return;
    await oweNotice(transaction, {
      kind: 'requester',
      operation: number,
      recipientId: actorId,
      content: { unreached: true },
    });
  });
}

async function tellRequester(services: Services, announcer: Announcer, row: NoticeRow): Promise<Brought> {
  const { unreached = false } = row.content as { readonly unreached?: boolean };
  return tell(services, announcer, row, { kind: 'requester', record: await recordOf(services, row), unreached });
}

async function post(
  announcer: Announcer,
  row: NoticeRow,
  channelId: string | null,
  notice: Notice,
  replyTo: string | null = null,
): Promise<Brought> {
  if (channelId === null) return NO_CHANNEL;
  const messageId = await announcer.post(channelId, notice, { reference: referenceOf(row), replyTo });
  return messageId === null ? REFUSED : { at: { channelId, messageId } };
}

async function postFirst(
  announcer: Announcer,
  row: NoticeRow,
  channelIds: readonly string[],
  notice: Notice,
): Promise<Brought> {
  for (const channelId of channelIds) {
    const brought = await post(announcer, row, channelId, notice);
    if ('at' in brought) return brought;
  }
  return channelIds.length === 0 ? NO_CHANNEL : REFUSED;
}

async function tell(services: Services, announcer: Announcer, row: NoticeRow, notice: Notice): Promise<Brought> {
  const { recipient_id: userId } = row;
  if (userId === null) throw new Error('a notice for one person names them');
  const send = (): Promise<Reached> => announcer.tell(userId, notice, referenceOf(row));
  const reached = await reach(services, userId, send);
  return reached === 'closed' ? CLOSED : { at: null };
}

/** Changes what was posted of the same operation before; null where there is nothing any more. */
async function editEarlier(
  services: Services,
  announcer: Announcer,
  row: NoticeRow,
  notice: Notice,
): Promise<Brought | null> {
  const message = await earlier(services, row);
  return message && (await announcer.edit(message, notice)) ? { at: message } : null;
}

async function earlier({ store }: Services, { kind, operation }: NoticeRow): Promise<PostedMessage | null> {
  const [row] = await store.sql<{ channel_id: string; message_id: string }[]>`
    select channel_id, message_id from notices
    where operation = ${operation} and kind = ${kind} and message_id is not null order by id desc limit 1`;
  return row ? { channelId: row.channel_id, messageId: row.message_id } : null;
}

async function recordOf(services: Services, { operation }: NoticeRow): Promise<OperationRecord> {
  const record = operation === null ? null : await readRecord(services, Number(operation));
  if (!record) throw new Error('a notice of an operation has its operation');
  return record;
}

/** A second message with the same one is not made, for a few minutes. */
function referenceOf({ id }: NoticeRow): string {
  return `notice-${id}`;
}
