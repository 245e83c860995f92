/** One conversation: its head, its messages and the composer. */
import type { APIChannel } from 'discord-api-types/v10';
import type { ComponentChildren } from 'preact';
import { Composer } from './composer/composer.tsx';
import { Icon } from './icons.tsx';
import { MessageList } from './messages/message-list.tsx';
import { channelLabel, findChannel, recipientOf } from './selectors.ts';
import { useSession, useWorld } from './session.tsx';
import { Skeleton } from './skeleton.tsx';

interface ChatProps {
  /** Stands before the channel's name. */
  leading?: ComponentChildren;
  /** Stands after it. */
  tools?: ComponentChildren;
  /** Stands between the head and the messages. */
  notice?: ComponentChildren;
}

export function Chat({ leading, tools, notice }: ChatProps) {
  const session = useSession();
  const world = useWorld();
  const channel = session.channelId ? findChannel(world, session.channelId) : undefined;
  return (
    <main class="chat" aria-label={channel ? channelLabel(world, channel) : 'Conversation'}>
      <header class="chat-head">
        {leading}
        {channel && <ChannelTitle channel={channel} />}
        <span class="chat-tools">{tools}</span>
      </header>
      <Banners />
      {notice}
      {channel ? (
        <>
          <MessageList key={`${world.me.id}${channel.id}`} channel={channel} />
          <Composer key={`${world.me.id}/${channel.id}`} channel={channel} />
        </>
      ) : (
        <Skeleton />
      )}
    </main>
  );
}

function ChannelTitle({ channel }: { channel: APIChannel }) {
  const world = useWorld();
  const topic = 'topic' in channel ? channel.topic : undefined;
  const isBot = channel.type === 1 && recipientOf(world, channel)?.bot;
  return (
    <>
      <Icon name={channel.type === 1 ? 'at' : 'hash'} />
      <h2 class="chat-title" dir="auto">
        {channelLabel(world, channel).slice(1)}
      </h2>
      {isBot && <span class="tag">App</span>}
      {topic && (
        <span class="chat-topic quiet" dir="auto">
          {topic}
        </span>
      )}
    </>
  );
}

function Banners() {
  const { link, world } = useSession().state;
  if (link === 'reconnecting') {
    return (
      <p class="banner" role="status">
        The connection was lost. Trying again…
      </p>
    );
  }
  if (world && !world.botOnline) {
    return (
      <p class="banner" role="status">
        The bot is offline. Commands will not be answered until it is back.
      </p>
    );
  }
  return null;
}
