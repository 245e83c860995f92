/** What the benchmark and its local Discord's process say to each other. */
import type { Load, LoadResult } from './load.ts';

export interface LoadRequest {
  readonly id: number;
  readonly load: Load;
}

/** What a bot needs to connect. */
export interface Address {
  readonly apiUrl: string;
  readonly token: string;
  readonly guildId: string;
}

export type DiscordEvent =
  | { readonly type: 'listening'; readonly address: Address }
  /** A bot is connected, and people can use its `/account view`. */
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly id: number; readonly result: LoadResult };
