/** The gateway: one connection per shard, of which only interactions are of interest, as Discord sent them. */
import type { REST } from '@discordjs/rest';
import { type SessionInfo, WebSocketManager, WebSocketShardEvents, WebSocketShardStatus } from '@discordjs/ws';
import { type APIInteraction, GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { Logger } from 'pino';

export interface Gateway {
  /** Whether every shard is connected and ready. */
  connected(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Connects, and hands every interaction on. Nothing is cached: a guild's events are asked for only because Discord wants an intent.
 * Resolves when the bot is ready.
 */
export async function connectGateway(options: {
  readonly rest: REST;
  readonly token: string;
  readonly log: Logger;
  readonly onInteraction: (payload: APIInteraction) => void;
}): Promise<Gateway> {
  const { rest, token, log } = options;
  /** Of this connection alone: the library's own store is one for the whole process. */
  const sessions = new Map<number, SessionInfo>();
  const manager = new WebSocketManager({
    token,
    intents: GatewayIntentBits.Guilds,
    rest,
    retrieveSessionInfo: (shardId) => sessions.get(shardId) ?? null,
    updateSessionInfo(shardId, session) {
      if (session) sessions.set(shardId, session);
      else sessions.delete(shardId);
    },
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => {
    if (data.t === GatewayDispatchEvents.InteractionCreate) options.onInteraction(data.d);
  });
  manager.on(WebSocketShardEvents.Ready, () => log.info('connected to Discord'));
  manager.on(WebSocketShardEvents.Resumed, () => log.info('connection to Discord resumed'));
  manager.on(WebSocketShardEvents.Closed, ({ code }) => log.info({ code }, 'connection to Discord closed'));
  manager.on(WebSocketShardEvents.Error, ({ error }) => log.warn({ error }, 'error on the connection to Discord'));
  await manager.connect();
  return {
    async connected() {
      const statuses = await manager.fetchStatus();
      return statuses.size > 0 && [...statuses.values()].every((status) => status === WebSocketShardStatus.Ready);
    },
    close: async () => manager.destroy({ reason: 'stopping' }),
  };
}
