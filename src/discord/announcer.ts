/** Brings notices to the audit channel and to the owners: messages of the bot's own, which no interaction asked for. */
import { DiscordAPIError, type REST } from '@discordjs/rest';
import { type APIDMChannel, type APIMessage, Routes } from 'discord-api-types/v10';
import { type Announcer, type Notice, OutOfReach } from '../services/notices/post.ts';
import { announcementView } from '../views/audit-line.ts';
import { type MessageBody, renderView } from './render.ts';

/**
 * Nothing of this will change by trying again: unknown channel, no access, no permission to write, closed direct messages.
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
const FINAL_CODES: ReadonlySet<number | string> = new Set([10_003, 50_001, 50_007, 50_013]);

export function createAnnouncer(rest: REST, ownerIds: readonly string[]): Announcer {
  /** People who accept no direct messages are not asked again: failed ones count against the bot. */
  const closed = new Set<string>();
  /** Who was told of the notice that is being brought, so that a failure after that does not tell them twice. */
  let told = { id: -1, ownerIds: new Set<string>() };

  async function send(channelId: string, body: MessageBody): Promise<string | null> {
    try {
      const message = (await rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;
      return message.id;
    } catch (error) {
      if (isFinal(error)) return null;
      throw explained(error);
    }
  }

  async function tell(userId: string, body: MessageBody): Promise<void> {
    if (closed.has(userId)) return;
    try {
      const channel = (await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })) as APIDMChannel;
      if ((await send(channel.id, body)) === null) closed.add(userId);
    } catch (error) {
      if (!isFinal(error)) throw explained(error);
      closed.add(userId);
    }
  }

  return {
    post: (channelId, notice) => send(channelId, bodyOf(notice)),
    async tellOwners(notice, id) {
      const body = bodyOf(notice);
      if (told.id !== id) told = { id, ownerIds: new Set() };
      for (const ownerId of ownerIds) {
        if (told.ownerIds.has(ownerId)) continue;
        await tell(ownerId, body);
        told.ownerIds.add(ownerId);
      }
    },
  };
}

/** Notices tell what was done; there is nothing to press on them. */
function bodyOf(notice: Notice): MessageBody {
  return renderView(announcementView(notice), { key: null, strict: false }).body;
}

/** Only what Discord says of a message is about the message; that it cannot be reached, or fails itself, is not. */
function explained(error: unknown): unknown {
  if (error instanceof DiscordAPIError || error instanceof OutOfReach) return error;
  return new OutOfReach('Discord could not be reached', { cause: error });
}

function isFinal(error: unknown): boolean {
  return error instanceof DiscordAPIError && FINAL_CODES.has(error.code);
}
