/** How a channel's messages are laid out: which open a day, which open a group under their author's name. */
import type { APIMessage } from 'discord-api-types/v10';
import { isOwnDoing } from '../selectors.ts';
import { dayNumber } from './times.ts';

export interface Row {
  message: APIMessage;
  opensDay: boolean;
  /** Shown with avatar and name; the others continue the author's previous message. */
  opensGroup: boolean;
  /** The first one that this person has not read. */
  opensUnread: boolean;
}

/** Messages of one author within this time stand together. */
const togetherMs = 7 * 60_000;

/** @param firstUnreadId The first message that was new when the channel was opened. */
export function layOut(messages: APIMessage[], firstUnreadId: string | undefined): Row[] {
  return messages.map((message, index) => {
    const previous = messages[index - 1];
    const opensDay = !previous || dayOf(previous) !== dayOf(message);
    const opensUnread = message.id === firstUnreadId;
    return { message, opensDay, opensUnread, opensGroup: opensDay || opensUnread || !continues(previous, message) };
  });
}

function continues(previous: APIMessage, message: APIMessage): boolean {
  const apartMs = Date.parse(message.timestamp) - Date.parse(previous.timestamp);
  const hasHeader = Boolean(message.interaction_metadata ?? message.message_reference);
  return (
    previous.author.id === message.author.id && apartMs < togetherMs && !hasHeader && previous.flags === message.flags
  );
}

function dayOf(message: APIMessage): number {
  return dayNumber(Date.parse(message.timestamp));
}

/** @param readUpTo Id of the last message read; without one nothing is marked as new. */
export function firstUnread(messages: APIMessage[], readUpTo: string | undefined, myId: string): string | undefined {
  if (!readUpTo) return undefined;
  return messages.find((message) => BigInt(message.id) > BigInt(readUpTo) && !isOwnDoing(message, myId))?.id;
}
