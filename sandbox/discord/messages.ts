import type { APIMessage } from 'discord-api-types/v10';

export interface StoredMessage {
  message: APIMessage;
  /** The only person who sees it, of an ephemeral message; null where everybody in the channel does. */
  visibleTo: string | null;
  /** Somebody took it away. One that was only forgotten, to save memory, is still there for whoever answers with it. */
  deleted?: true;
}

/** The newest messages of every channel. Older ones are forgotten, so that memory stays bounded under load. */
export class MessageStore {
  readonly #limit: number;
  readonly #channels = new Map<string, Map<string, StoredMessage>>();

  constructor(limitPerChannel: number) {
    this.#limit = limitPerChannel;
  }

  put(stored: StoredMessage): void {
    const channel = this.#channels.get(stored.message.channel_id) ?? this.#open(stored.message.channel_id);
    channel.set(stored.message.id, stored);
    if (channel.size > this.#limit) {
      const oldest = channel.keys().next();
      if (!oldest.done) channel.delete(oldest.value);
    }
  }

  get(channelId: string, messageId: string): StoredMessage | undefined {
    return this.#channels.get(channelId)?.get(messageId);
  }

  delete(channelId: string, messageId: string): StoredMessage | undefined {
    const stored = this.get(channelId, messageId);
    this.#channels.get(channelId)?.delete(messageId);
    return stored;
  }

  /** All kept messages of a channel, oldest first. */
  in(channelId: string): StoredMessage[] {
    return [...(this.#channels.get(channelId)?.values() ?? [])];
  }

  /** What one person sees of a channel, oldest first. */
  seenBy(userId: string, channelId: string): APIMessage[] {
    return this.in(channelId)
      .filter(({ visibleTo }) => visibleTo === null || visibleTo === userId)
      .map(({ message }) => message);
  }

  /** The message with this id, wherever it is. */
  find(messageId: string): StoredMessage | undefined {
    for (const channel of this.#channels.values()) {
      const stored = channel.get(messageId);
      if (stored !== undefined) return stored;
    }
    return undefined;
  }

  /** Everything but ephemeral messages, which live only as long as the process. */
  lasting(): APIMessage[] {
    return [...this.#channels.values()].flatMap((channel) =>
      [...channel.values()].filter(({ visibleTo }) => visibleTo === null).map(({ message }) => message),
    );
  }

  clear(): void {
    this.#channels.clear();
  }

  #open(channelId: string): Map<string, StoredMessage> {
    const channel = new Map<string, StoredMessage>();
    this.#channels.set(channelId, channel);
    return channel;
  }
}
