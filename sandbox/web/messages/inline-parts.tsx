/** Parts of a line that live: people and places that can be pressed, times that go on, text that is hidden at first. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useNow } from '../clock.ts';
import { UserHandle } from '../people/user-handle.tsx';
import { channelLabel, displayName, findChannel, hexColour } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import { formatTimestamp } from './times.ts';

export function Mention({ type, id }: { type: 'user' | 'role' | 'channel'; id: string }) {
  const world = useWorld();
  const session = useSession();
  if (type === 'user') {
    return (
      <UserHandle userId={id} class="mention">
        <bdi>@{displayName(world, id)}</bdi>
      </UserHandle>
    );
  }
  if (type === 'role') {
    const role = world.guild?.roles.find((candidate) => candidate.id === id);
    const colour = role?.color ? hexColour(role.color) : null;
    return (
      <span class="mention" style={colour ? { '--mention': colour } : {}}>
        @{role?.name ?? 'unknown role'}
      </span>
    );
  }
  const channel = findChannel(world, id);
  if (!channel) return <span class="mention">#unknown</span>;
  return (
    <button type="button" class="mention" onClick={() => session.goTo(id)}>
      {channelLabel(world, channel)}
    </button>
  );
}

export function Timestamp({ seconds, style }: { seconds: number; style: string }) {
  const nowMs = useNow(1_000);
  const atMs = seconds * 1_000;
  return (
    <time class="timestamp" title={formatTimestamp(atMs, 'F', nowMs)}>
      {formatTimestamp(atMs, style, nowMs)}
    </time>
  );
}

export function Spoiler({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState(false);
  if (shown) return <span class="spoiler spoiler-shown">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label="Hidden text, press to show" onClick={() => setShown(true)}>
      <span aria-hidden="true" inert>
        {children}
      </span>
    </button>
  );
}
