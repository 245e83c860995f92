/** The line above a message that says what it answers: a command, or an earlier message. */
import { type APIMessage, InteractionType, MessageType } from 'discord-api-types/v10';
import { Icon } from '../icons.tsx';
import { Avatar } from '../people/avatar.tsx';
import { UserHandle } from '../people/user-handle.tsx';
import { displayName, nameStyle } from '../selectors.ts';
import { useWorld } from '../session.tsx';
import type { World } from '../state.ts';
import { parseInline, plainText } from './markdown-inline.ts';
import { textOf } from './message-text.ts';

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
  const reference = message.message_reference;
  if (!reference) return null;
  const known = world.messages[message.channel_id]?.find(({ id }) => id === reference.message_id);
  const replied = message.referenced_message ?? known;
  if (!replied) return <div class="message-context">The message this answers was deleted.</div>;
  return (
    <div class="message-context">
      <Icon name="reply" />
      <Avatar userId={replied.author.id} size="small" />
      <b>{displayName(world, replied.author.id)}</b>
      <span class="message-excerpt" dir="auto">
        {excerptOf(world, replied)}
      </span>
    </div>
  );
}

/** What a message says, whatever it is built of, as one line: as much of it as has room is seen. */
function excerptOf(world: World, message: APIMessage): string {
  const lines = textOf(message).split('\n', EXCERPT_LINES);
  const plain = lines.map((line) =>
    plainText(parseInline(line.replace(/^(?:#{1,3}|-#|>) /, '')), (id) => displayName(world, id)),
  );
  return plain.join(' ').trim() || 'a message';
}
