/** Messages of the bot's own, which no interaction asked for: in channels, and to people directly. */
import { createHash } from 'node:crypto';
import { DiscordAPIError, type REST } from '@discordjs/rest';
import { type APIDMChannel, type APIMessage, Routes } from 'discord-api-types/v10';
import { OutOfReach, type PostedMessage } from '../services/notices/notice.ts';
import type { Reached } from '../services/people/reach.ts';
import type { MessageBody } from './render.ts';

export interface PostOptions {
  /** A second post with the same one gives the first message, for a few minutes. */
  readonly reference: string;
  /** Id of the message that it answers. */
  readonly replyTo?: string | null;
  /** Id of the one role that is told of it. */
  readonly mention?: string | null;
}

/** Each throws {@link OutOfReach} where Discord cannot be reached or fails itself, and what Discord said where it did not want this message. */
export interface OwnMessages {
  /** @returns the message's id, or null when the channel can never take it (gone, no access). */
  post(channelId: string, body: MessageBody, options: PostOptions): Promise<string | null>;
  /** False when the message is not there any more. */
  edit(message: PostedMessage, body: MessageBody): Promise<boolean>;
  tell(userId: string, body: MessageBody, reference: string): Promise<Reached>;
}

/** @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const UNKNOWN_CHANNEL = 10_003;
const UNKNOWN_MESSAGE = 10_008;
const UNKNOWN_USER = 10_013;
const MISSING_ACCESS = 50_001;
const OTHERS_MESSAGE = 50_005;
const CLOSED = 50_007;
const MISSING_PERMISSIONS = 50_013;
const NO_COMMON_SERVER = 50_278;

/** Nothing of these will change by trying again. */
const REFUSED: Codes = new Set([UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS]);
const GONE: Codes = new Set([UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, MISSING_ACCESS, OTHERS_MESSAGE]);
const UNREACHABLE: Codes = new Set([UNKNOWN_USER, MISSING_ACCESS, CLOSED, NO_COMMON_SERVER]);

type Codes = ReadonlySet<number | string>;

/** The longest nonce that Discord takes. @see https://discord.com/developers/docs/resources/message#create-message */
const NONCE_LENGTH = 25;

export function createOwnMessages(rest: REST): OwnMessages {
  async function send(channelId: string, body: object, reference: string): Promise<string> {
    const nonce = nonceOf(channelId, reference);
    const message = await rest.post(Routes.channelMessages(channelId), {
      body: { ...body, nonce, enforce_nonce: true },
    });
    return (message as APIMessage).id;
  }

  return {
    post: (channelId, body, { reference, replyTo = null, mention = null }) =>
      unless(REFUSED, null, () =>
        send(
          channelId,
          {
            ...body,
            ...(mention === null ? {} : { allowed_mentions: { parse: [], roles: [mention] } }),
            ...(replyTo === null ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
          },
          reference,
        ),
      ),
    edit: ({ channelId, messageId }, body) =>
      unless(GONE, false, async () => {
        await rest.patch(Routes.channelMessage(channelId, messageId), { body });
        return true;
      }),
    tell: (userId, body, reference) =>
      unless<Reached>(UNREACHABLE, 'closed', async () => {
        const channel = (await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })) as APIDMChannel;
        await send(channel.id, body, reference);
        return 'arrived';
      }),
  };
}

/** What `ask` gives, or `otherwise` where Discord answers with one of these codes. */
async function unless<Answer>(codes: Codes, otherwise: Answer, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw new OutOfReach('Discord could not be reached', { cause: error });
    if (codes.has(error.code)) return otherwise;
    throw error;
  }
}

/** Discord compares it with all that the bot has sent lately, wherever that was. */
function nonceOf(channelId: string, reference: string): string {
  return createHash('sha256').update(`${channelId}:${reference}`).digest('base64url').slice(0, NONCE_LENGTH);
}
