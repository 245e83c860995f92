/** One message: who, when, in answer to what, and everything in it. */
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { useState } from 'preact/hooks';
import { useNow } from '../clock.ts';
import { Components } from '../components-v2/component.tsx';
import { FileLine, Media } from '../components-v2/media.tsx';
import { Icon } from '../icons.tsx';
import { Menu, type MenuEntry } from '../menus/menu.tsx';
import { Overlay, type Point } from '../menus/overlay.tsx';
import { Avatar } from '../people/avatar.tsx';
import { UserHandle } from '../people/user-handle.tsx';
import { displayName, mentionsMe, nameStyle } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import { Embed } from './embed.tsx';
import { Markdown } from './markdown-view.tsx';
import { InteractionHeader, ReplyHeader } from './message-header.tsx';
import { formatClock, formatMessageTime } from './times.ts';

const minuteMs = 60_000;

export function Message({ message, opensGroup }: { message: APIMessage; opensGroup: boolean }) {
  const world = useWorld();
  const nowMs = useNow(minuteMs);
  const [menuAt, setMenuAt] = useState<HTMLElement | Point | null>(null);
  const { author } = message;
  const atMs = Date.parse(message.timestamp);
  const flags = message.flags ?? 0;
  const isEphemeral = (flags & MessageFlags.Ephemeral) !== 0;
  const name = displayName(world, author.id);
  const classes = [
    'message',
    opensGroup ? 'message-first' : '',
    isEphemeral ? 'message-ephemeral' : '',
    mentionsMe(world, message) ? 'message-mention' : '',
  ];
  return (
    <article
      class={classes.join(' ')}
      data-message={message.id}
      aria-label={`${name}, ${formatMessageTime(atMs, nowMs)}`}
      onContextMenu={(event) => {
        // Text that is selected, links and fields keep the browser's own menu.
        if (getSelection()?.toString() || (event.target as Element).closest('a, input, textarea')) return;
        event.preventDefault();
        setMenuAt({ x: event.clientX, y: event.clientY });
      }}
    >
      <InteractionHeader message={message} />
      <ReplyHeader message={message} />
      {opensGroup ? (
        <UserHandle userId={author.id} class="message-avatar" label={`Profile of ${name}`}>
          <Avatar userId={author.id} />
        </UserHandle>
      ) : (
        <time class="message-time-aside">{formatClock(atMs)}</time>
      )}
      <div class="message-body">
        {opensGroup && (
          <header class="message-author">
            <UserHandle userId={author.id} class="name" style={nameStyle(world, author.id)}>
              <bdi>{name}</bdi>
            </UserHandle>
            {author.bot && <span class="tag">App</span>}
            <time dateTime={message.timestamp}>{formatMessageTime(atMs, nowMs)}</time>
          </header>
        )}
        <Content message={message} />
        <Failures message={message} />
        {isEphemeral && <EphemeralFoot message={message} />}
      </div>
      <button
        type="button"
        class="icon-button message-more"
        aria-label="Message actions"
        onClick={(event) => setMenuAt(event.currentTarget)}
      >
        <Icon name="dots" />
      </button>
      {menuAt && <MessageMenu message={message} anchor={menuAt} onClose={() => setMenuAt(null)} />}
    </article>
  );
}

function Content({ message }: { message: APIMessage }) {
  if (((message.flags ?? 0) & MessageFlags.Loading) !== 0) return <Thinking authorId={message.author.id} />;
  const { content, embeds, attachments, components = [] } = message;
  const usesComponents = ((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  return (
    <>
      {content && <Markdown text={content} />}
      {embeds.map((embed, index) => (
        <Embed key={index.toString()} message={message} embed={embed} />
      ))}
      {!usesComponents && attachments.length > 0 && <Attachments message={message} />}
      <Components message={message} components={components} />
      {message.edited_timestamp && (
        <small class="edited" title={new Date(message.edited_timestamp).toLocaleString('en-GB')}>
          (edited)
        </small>
      )}
    </>
  );
}

function Attachments({ message }: { message: APIMessage }) {
  return (
    <div class="attachments">
      {message.attachments.map(({ id, url, filename, size, content_type }) =>
        content_type?.startsWith('image/') ? (
          <Media key={id} message={message} url={url} alt={filename} />
        ) : (
          <FileLine key={id} message={message} url={url} name={filename} size={size} />
        ),
      )}
    </div>
  );
}

function Thinking({ authorId }: { authorId: string }) {
  const world = useWorld();
  return (
    <p class="thinking" role="status">
      <span class="thinking-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {displayName(world, authorId)} is thinking…
    </p>
  );
}

/** What went wrong with buttons and selects of this message. */
function Failures({ message }: { message: APIMessage }) {
  const session = useSession();
  const failed = session.state.interactions.filter(
    ({ state, component }) => state === 'failed' && component?.messageId === message.id,
  );
  return (
    <>
      {failed.map(({ nonce, failure }) => (
        <p key={nonce} class="failure" role="alert">
          {failure}
          <button type="button" class="text-button" onClick={() => session.dismissFailure(nonce)}>
            Dismiss
          </button>
        </p>
      ))}
    </>
  );
}

function EphemeralFoot({ message }: { message: APIMessage }) {
  const session = useSession();
  return (
    <p class="ephemeral-foot">
      <Icon name="eye" />
      Only you can see this ·{' '}
      <button
        type="button"
        class="text-button"
        onClick={() => session.send({ type: 'dismiss', messageId: message.id })}
      >
        Dismiss message
      </button>
    </p>
  );
}

interface MessageMenuProps {
  message: APIMessage;
  anchor: HTMLElement | Point;
  onClose(): void;
}

function MessageMenu({ message, anchor, onClose }: MessageMenuProps) {
  const session = useSession();
  const world = useWorld();
  const isEphemeral = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const entries: MenuEntry[] = [];
  const copy = (text: string) => void navigator.clipboard.writeText(text).catch(() => {});
  if (message.content) entries.push({ type: 'action', label: 'Copy text', run: () => copy(message.content) });
  entries.push({ type: 'action', label: 'Copy message ID', run: () => copy(message.id) });
  const remove = () => session.send({ type: 'delete_message', channelId: message.channel_id, messageId: message.id });
  const dismiss = () => session.send({ type: 'dismiss', messageId: message.id });
  if (isEphemeral) entries.push({ type: 'action', label: 'Dismiss message', run: dismiss });
  else if (message.author.id === world.me.id) {
    entries.push({ type: 'action', label: 'Delete message', danger: true, run: remove });
  }
  return (
    <Overlay anchor={anchor} class="menu-overlay" onClose={onClose}>
      <Menu label="Message actions" entries={entries} onDone={onClose} />
    </Overlay>
  );
}
