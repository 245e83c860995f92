/** A channel's messages. It stays at the newest one while the reader is there, and never moves under a reader elsewhere. */
import type { APIChannel } from 'discord-api-types/v10';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { Avatar } from '../people/avatar.tsx';
import { channelLabel, recipientOf } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import { firstUnread, layOut } from './grouping.ts';
import { Message } from './message.tsx';
import { SentCommands } from './sent-commands.tsx';
import { formatDay } from './times.ts';

const nearPx = 48;

/** Whether the page has shown a channel yet: it opens at the newest card, and from then on at the newest message. */
let hasOpened = false;

export function MessageList({ channel }: { channel: APIChannel }) {
  const session = useSession();
  const world = useWorld();
  const messages = world.messages[channel.id] ?? [];
  const [firstUnreadId] = useState(() => firstUnread(messages, world.read[channel.id], world.me.id));
  const rows = useMemo(() => layOut(messages, firstUnreadId), [messages, firstUnreadId]);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isAway, setIsAway] = useState(false);
  const newest = messages.at(-1);

  const toNewest = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });

  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => follows.current && toNewest());
    if (content.current) observer.observe(content.current);
    if (scroller.current) observer.observe(scroller.current);
    toNewest();
    if (!hasOpened) follows.current = !showNewestCard(scroller.current);
    hasOpened = true;
    return () => observer.disconnect();
  }, []);

  // What one has just done oneself is always shown, wherever one was reading.
  const sentCount = session.state.interactions.filter(({ quiet, component }) => !quiet && !component).length;
  useEffect(() => {
    if (newest?.author.id !== world.me.id && sentCount === 0) return;
    follows.current = true;
    toNewest();
  }, [newest?.id, sentCount]);

  useEffect(() => {
    const markRead = () => {
      const isSeen = document.visibilityState === 'visible' && follows.current;
      if (newest && isSeen && isAfter(newest.id, world.read[channel.id])) session.markRead(channel.id, newest.id);
    };
    markRead();
    document.addEventListener('visibilitychange', markRead);
    return () => document.removeEventListener('visibilitychange', markRead);
  }, [newest?.id, isAway]);

  const last = useRef({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 });
  const onScroll = () => {
    if (!scroller.current) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller.current;
    // Only a reader's own way up is leaving; a message that grows or a pane that narrows moves the end away, too.
    const isSameLayout = scrollHeight === last.current.scrollHeight && clientHeight === last.current.clientHeight;
    if (scrollHeight - scrollTop - clientHeight < nearPx) follows.current = true;
    else if (isSameLayout && scrollTop < last.current.scrollTop) follows.current = false;
    last.current = { scrollTop, scrollHeight, clientHeight };
    setIsAway(!follows.current);
  };

  return (
    <div class="messages-frame">
      <div
        ref={scroller}
        class="messages"
        role="log"
        aria-label={`Messages in ${channelLabel(world, channel)}`}
        onScroll={onScroll}
      >
        <div ref={content} class="messages-content">
          <Beginning channel={channel} />
          <SentCommands channelId={channel.id} afterMessageId={undefined} />
          {rows.map(({ message, opensDay, opensGroup, opensUnread }) => (
            <div key={message.id}>
              {opensDay && <Divider label={formatDay(Date.parse(message.timestamp), Date.now())} />}
              {opensUnread && <Divider label="New" isNew />}
              <Message message={message} opensGroup={opensGroup} />
              <SentCommands channelId={channel.id} afterMessageId={message.id} />
            </div>
          ))}
        </div>
      </div>
      {isAway && (
        <button
          type="button"
          class="button jump"
          onClick={() => {
            follows.current = true;
            toNewest();
          }}
        >
          <Icon name="arrowDown" />
          Jump to newest
        </button>
      )}
    </div>
  );
}

function Divider({ label, isNew }: { label: string; isNew?: boolean }) {
  return (
    <div class={`divider ${isNew ? 'divider-new' : ''}`}>
      <span>{label}</span>
    </div>
  );
}

function Beginning({ channel }: { channel: APIChannel }) {
  const world = useWorld();
  const recipient = channel.type === 1 ? recipientOf(world, channel) : undefined;
  const topic = 'topic' in channel ? channel.topic : undefined;
  const label = channelLabel(world, channel);
  return (
    <header class="beginning">
      {recipient ? <Avatar userId={recipient.id} size="large" /> : <span class="beginning-mark">#</span>}
      <h2 dir="auto">{label}</h2>
      <p class="quiet">
        {recipient?.bot
          ? 'Your direct messages with the bot. Type / for what you can ask it here.'
          : topic || `This is where ${label} begins.`}
      </p>
    </header>
  );
}

function isAfter(messageId: string, readId: string | undefined): boolean {
  return !readId || BigInt(messageId) > BigInt(readId);
}

/** Returns whether that moved away from the newest message. */
function showNewestCard(scroller: HTMLElement | null): boolean {
  const card = [...(scroller?.querySelectorAll('.message:has(.card)') ?? [])].at(-1);
  if (!scroller || !card) return false;
  const isAbove = card.getBoundingClientRect().top < scroller.getBoundingClientRect().top;
  if (isAbove) card.scrollIntoView({ block: 'center' });
  return isAbove;
}
