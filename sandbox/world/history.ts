import { type APIMessage, type APIUser, type MessageFlags, MessageType } from 'discord-api-types/v10';
import { snowflakeAt } from '../discord/snowflake.ts';
import { chance } from '../seed/random.ts';
import { CONVERSATIONS, type Conversation, type Line } from './conversations.ts';

export interface HistoryOptions {
  users: readonly APIUser[];
  channelIds: Readonly<Record<string, string>>;
  /** Milliseconds since the Unix epoch; everything was said before. */
  nowMs: number;
  seed: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What was said in the channels over the last months: the same for the same seed and moment. */
export function history({ users, channelIds, nowMs, seed }: HistoryOptions): APIMessage[] {
  const random = chance(seed);
  const userByName = new Map(users.map((user) => [user.username, user]));
  const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS;

  const messages = CONVERSATIONS.flatMap((conversation) => {
    const channelId = channelIds[conversation.channel];
    if (channelId === undefined) throw new Error(`There is no channel ${conversation.channel}.`);
    let atMs = beginning(conversation, midnightMs, random.next());
    return conversation.lines.map((line, index) => {
      if (index > 0) atMs += pauseMs(line, random.next());
      return spoken(line, channelId, atMs, userByName);
    });
  });
  return messages
    .filter(({ timestamp }) => Date.parse(timestamp) < nowMs - MINUTE_MS)
    .sort((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp));
}

/** Conversations begin in waking hours, between nine in the morning and ten at night. */
function beginning({ daysAgo, hour }: Conversation, midnightMs: number, share: number): number {
  return midnightMs - daysAgo * DAY_MS + (hour + share * 0.9) * HOUR_MS;
}

/** A longer line takes longer to write; now and then somebody was away from the keyboard. */
function pauseMs({ text }: Line, share: number): number {
  const typingMs = text.length * 180;
  return typingMs + (share < 0.8 ? share * 2 : share * 14) * MINUTE_MS;
}

function spoken({ by, text }: Line, channelId: string, atMs: number, users: ReadonlyMap<string, APIUser>): APIMessage {
  const author = users.get(by);
  if (author === undefined) throw new Error(`Nobody is called ${by}.`);
  return {
    id: snowflakeAt(atMs),
    channel_id: channelId,
    author,
    content: text,
    timestamp: new Date(Math.floor(atMs)).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    type: MessageType.Default,
    flags: 0 as MessageFlags,
  };
}
