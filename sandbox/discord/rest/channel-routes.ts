import { type APIMessage, MessageReferenceType, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';
import { invalidForm, refusal } from '../errors.ts';
import { type MessageBody, type MessageBuilder, SETTABLE_FLAGS } from '../message-builder.ts';
import type { StoredMessage } from '../messages.ts';
import { may, maySee } from '../permissions.ts';
import type { State } from '../state.ts';
import type { MessageRules } from '../strict/message-rules.ts';
import { noContent, ok, type RestRequest, type Route, route } from './router.ts';

const MESSAGES = '/channels/:channelId/messages';
const NONCE_LIFE_MS = 3 * 60_000;
const MESSAGE = `${MESSAGES}/:messageId` as const;

/** Channels and the bot's own messages in them. */
export function channelRoutes(state: State, builder: MessageBuilder, rules: MessageRules): Route[] {
  return [
    route('GET', '/channels/:channelId', ({ params }) => {
      assertSeen(state, params.channelId);
      return ok(state.describeChannel(params.channelId, state.botId));
    }),
    route('GET', MESSAGES, (request) => ok(page(state, request))),
    route('GET', MESSAGE, ({ params }) => ok(lastingMessage(state, params.channelId, params.messageId).message)),
    route(
      'POST',
      MESSAGES,
      ({ params, body, files }) => {
        assertWritable(state, params.channelId);
        const asked = body as MessageBody;
        rules.create(asked, files);
        const earlier = asked.enforce_nonce ? sameNonce(state, asked.nonce) : undefined;
        if (earlier !== undefined) return ok(earlier);
        const draft = { body: { ...asked, flags: (asked.flags ?? 0) & SETTABLE_FLAGS }, files };
        const message = builder.create(
          params.channelId,
          state.application.bot,
          draft,
          replyTo(state, params.channelId, asked),
        );
        return ok(state.addMessage(message).message);
      },
      { bodyKind: 'message' },
    ),
    route(
      'PATCH',
      MESSAGE,
      ({ params, body, files }) => {
        const stored = ownMessage(state, params.channelId, params.messageId);
        const draft = { body: body as MessageBody, files };
        rules.edit(stored.message, draft.body, files);
        state.updateMessage(stored, builder.edit(stored.message, draft));
        return ok(stored.message);
      },
      { bodyKind: 'messageEdit' },
    ),
    route('DELETE', MESSAGE, ({ params }) => {
      const stored = lastingMessage(state, params.channelId, params.messageId);
      const isOwn = stored.message.author.id === state.botId;
      if (!isOwn && !may(state, state.botId, params.channelId, PermissionFlagsBits.ManageMessages)) {
        throw refusal('missingPermissions');
      }
      state.deleteMessage(stored);
      return noContent();
    }),
    route('POST', '/channels/:channelId/typing', ({ params }) => {
      assertSeen(state, params.channelId);
      return noContent();
    }),
  ];
}

function assertSeen(state: State, channelId: string): void {
  if (state.describeChannel(channelId, state.botId) === undefined) throw refusal('unknownChannel');
  if (!maySee(state, state.botId, channelId)) throw refusal('missingAccess');
}

function assertWritable(state: State, channelId: string): void {
  assertSeen(state, channelId);
  const direct = state.directChannels.get(channelId);
  if (direct?.userIds.some((id) => state.closedDmUserIds.has(id))) throw refusal('closedDm');
  if (!may(state, state.botId, channelId, PermissionFlagsBits.SendMessages)) throw refusal('missingPermissions');
}

/** A message as the bot finds it by its own token: ephemeral ones it does not. */
function lastingMessage(state: State, channelId: string, messageId: string): StoredMessage {
  assertSeen(state, channelId);
  const stored = state.messages.get(channelId, messageId);
  if (stored === undefined || stored.visibleTo !== null) throw refusal('unknownMessage');
  return stored;
}

function ownMessage(state: State, channelId: string, messageId: string): StoredMessage {
  const stored = lastingMessage(state, channelId, messageId);
  if (stored.message.author.id !== state.botId) throw refusal('notTheAuthor');
  return stored;
}

/** Newest first, as Discord lists them; `before`, `after` and `around` are ids, `limit` is 1 to 100. */
function page(state: State, { params, query }: RestRequest<'channelId'>): APIMessage[] {
  assertSeen(state, params.channelId);
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 50), 1), 100);
  const all = state.messages
    .in(params.channelId)
    .filter(({ visibleTo }) => visibleTo === null)
    .map(({ message }) => message);
  const before = query.get('before');
  const after = query.get('after');
  if (before !== null)
    return all
      .filter(({ id }) => BigInt(id) < BigInt(before))
      .slice(-limit)
      .reverse();
  if (after !== null)
    return all
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .reverse();
  return all.slice(-limit).reverse();
}

/** https://discord.com/developers/docs/resources/message#create-message: among all that the bot said in the last few minutes, anywhere. */
function sameNonce(state: State, nonce: MessageBody['nonce']): APIMessage | undefined {
  const sinceMs = state.clock.now() - NONCE_LIFE_MS;
  const isRecent = ({ timestamp }: APIMessage) => Date.parse(timestamp) > sinceMs;
  const ids = [...state.guildChannels.keys(), ...state.directChannels.keys()];
  for (const id of ids) {
    const found = state.messages
      .in(id)
      .find(({ message }) => message.author.id === state.botId && message.nonce === nonce && isRecent(message));
    if (found) return found.message;
  }
  return undefined;
}

/** What is not there can only be answered with `fail_if_not_exists: false`, and then the message answers nothing. */
function replyTo(state: State, channelId: string, { message_reference: reference }: MessageBody): Partial<APIMessage> {
  if (reference?.message_id === undefined) return {};
  const stored = state.messages.get(channelId, reference.message_id);
  if (stored === undefined || stored.visibleTo !== null) {
    if (reference.fail_if_not_exists === false) return {};
    const message = 'Unknown message';
    throw invalidForm([{ path: ['message_reference'], code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message }]);
  }
  return {
    type: MessageType.Reply,
    message_reference: { type: MessageReferenceType.Default, channel_id: channelId, message_id: reference.message_id },
  };
}
