import type { APIMessage, APIUser } from 'discord-api-types/v10';

export interface HistoryOptions {
  users: readonly APIUser[];
  channelIds: Readonly<Record<string, string>>;
  nowMs: number;
  seed: number;
}

/** What was said in the channels over the last months, the same for the same seed. */
export function history(_options: HistoryOptions): APIMessage[] {
  return [];
}
