/** The line above a message that says what it answers: a command, or an earlier message. */
import { type APIMessage, InteractionType, MessageType } from 'discord-api-types/v10';
import { useNow } from '../clock.ts';
import { Icon } from '../icons.tsx';
import { Avatar } from '../people/avatar.tsx';
import { UserHandle } from '../people/user-handle.tsx';
import { displayName, nameStyle } from '../selectors.ts';
import { useWorld } from '../session.tsx';
import { parseInline, plainText, type Readings } from './markdown-inline.ts';
import { textOf } from './message-text.ts';
import { formatTimestamp } from './times.ts';

const EXCERPT_LINES = 4;

export function InteractionHeader({ message }: { message: APIMessage }) {
  const command = commandOf(message);
  if (!command) return null;
  return <UsedCommand userId={command.userId} label={command.label} />;
}

/** "Mira used /user view". */
export function UsedCommand({ userId, label }: { userId: string; label: string }) {
  const world = useWorld();
  return (
    <div class="message-context">
      <Icon name="reply" />
      <Avatar userId={userId} size="small" />
      <UserHandle userId={userId} class="name" style={nameStyle(world, userId)}>
        <bdi>{displayName(world, userId)}</bdi>
      </UserHandle>
      <span>
        used <b>{label}</b>
      </span>
    </div>
  );
}

function commandOf(message: APIMessage): { userId: string; label: string } | null {
  const { interaction_metadata: metadata, interaction } = message;
  // An answer to a form names the command that opened the form.
  const stated =
    metadata && 'triggering_interaction_metadata' in metadata ? metadata.triggering_interaction_metadata : metadata;
  if (!metadata || stated?.type !== InteractionType.ApplicationCommand) return null;
  const slash = message.type === MessageType.ContextMenuCommand ? '' : '/';
  const label = interaction ? `${slash}${interaction.name}` : 'a command';
  return { userId: metadata.user.id, label };
}

export function ReplyHeader({ message }: { message: APIMessage }) {
  const world = useWorld();
  const nowMs = useNow(60_000);
  const reference = message.message_reference;
  if (!reference) return null;
  const known = world.messages[message.channel_id]?.find(({ id }) => id === reference.message_id);
  const replied = message.referenced_message ?? known;
  if (!replied) {
    // A press on what only somebody else saw: to everybody else the answer stands by itself.
    if (message.interaction_metadata) return null;
    return <div class="message-context">The message this answers was deleted.</div>;
  }
  const readings: Readings = {
    user: (id) => displayName(world, id),
    time: (seconds, style) => formatTimestamp(seconds * 1_000, style, nowMs),
  };
  return (
    <div class="message-context">
      <Icon name="reply" />
      <Avatar userId={replied.author.id} size="small" />
      <b>{displayName(world, replied.author.id)}</b>
      <span class="message-excerpt" dir="auto">
        {excerptOf(replied, readings)}
      </span>
    </div>
  );
}

/** What a message says, whatever it is built of, as one line: as much of it as has room is seen. */
function excerptOf(message: APIMessage, readings: Readings): string {
  const lines = textOf(message).split('\n', EXCERPT_LINES);
  const plain = lines.map((line) => plainText(parseInline(line.replace(/^(?:#{1,3}|-#|>) /, '')), readings));
  return plain.join(' ').trim() || 'a message';
}
