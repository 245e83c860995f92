/** The channels and direct messages that a person sees, with what is unread. */
import { type APIChannel, ChannelType } from 'discord-api-types/v10';
import { Icon } from '../icons.tsx';
import { Avatar } from '../people/avatar.tsx';
import { UserHandle } from '../people/user-handle.tsx';
import { displayName, recipientOf, unreadIn } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import type { World } from '../state.ts';
import { ThemeSwitch } from '../theme.tsx';

export function Sidebar({ onPicked }: { onPicked(): void }) {
  const session = useSession();
  const world = useWorld();
  const goTo = (channelId: string) => {
    session.goTo(channelId);
    onPicked();
  };
  return (
    <nav class="sidebar" aria-label="Channels">
      <header class="guild-name">
        <h1>{world.guild?.name ?? 'No community'}</h1>
      </header>
      <div class="sidebar-list">
        {sectionsOf(world).map(({ title, channels }) => (
          <section key={title} aria-label={title}>
            {title && <h3>{title}</h3>}
            {channels.map((channel) => (
              <ChannelLink key={channel.id} channel={channel} onClick={() => goTo(channel.id)} />
            ))}
          </section>
        ))}
        {!world.guild && (
          <p class="quiet sidebar-note">You are not a member of this community. You can still write to its app.</p>
        )}
        <section aria-label="Direct messages">
          <h3>Direct messages</h3>
          {world.dms.map((channel) => (
            <ChannelLink key={channel.id} channel={channel} onClick={() => goTo(channel.id)} />
          ))}
        </section>
      </div>
      <footer class="me">
        <Avatar userId={world.me.id} size="medium" />
        <span class="line-text">
          <span class="line-label" dir="auto">
            {displayName(world, world.me.id)}
          </span>
          <span class="line-detail">{world.people.find(({ user }) => user.id === world.me.id)?.about}</span>
        </span>
        <ThemeSwitch />
      </footer>
    </nav>
  );
}

interface Section {
  title: string;
  channels: APIChannel[];
}

function sectionsOf(world: World): Section[] {
  const all = world.guild?.channels ?? [];
  const parentOf = (channel: APIChannel) => ('parent_id' in channel ? channel.parent_id : null) ?? null;
  const categories = all.filter(({ type }) => type === ChannelType.GuildCategory);
  const rest = all.filter(({ type }) => type !== ChannelType.GuildCategory);
  const known = new Set(categories.map(({ id }) => id));
  return [
    { title: '', channels: rest.filter((channel) => !known.has(parentOf(channel) ?? '')) },
    ...categories.map(({ id, name }) => ({
      title: name ?? '',
      channels: rest.filter((channel) => parentOf(channel) === id),
    })),
  ].filter(({ channels }) => channels.length > 0);
}

function ChannelLink({ channel, onClick }: { channel: APIChannel; onClick(): void }) {
  const session = useSession();
  const world = useWorld();
  const recipient = channel.type === ChannelType.DM ? recipientOf(world, channel) : undefined;
  const isCurrent = session.channelId === channel.id;
  const { count, mentions } = unreadIn(world, channel);
  const isUnread = count > 0 && !isCurrent;
  const name = recipient ? displayName(world, recipient.id) : (channel.name ?? '');
  const content = (
    <>
      {recipient ? <Avatar userId={recipient.id} size="small" /> : <Icon name="hash" />}
      <span class="name" dir="auto">
        {name}
      </span>
      {recipient?.bot && !world.botOnline && <span class="quiet">offline</span>}
      {isUnread && <span class="visually-hidden">unread</span>}
      {isUnread && mentions > 0 && <span class="badge">{mentions > 99 ? '99+' : mentions}</span>}
    </>
  );
  const className = `channel ${isCurrent ? 'current' : ''} ${isUnread ? 'unread' : ''}`;
  if (recipient)
    return (
      <UserHandle userId={recipient.id} class={className} onClick={onClick}>
        {content}
      </UserHandle>
    );
  return (
    <button type="button" class={className} aria-current={isCurrent ? 'page' : undefined} onClick={onClick}>
      {content}
    </button>
  );
}
