import { type APIMessage, GatewayIntentBits } from 'discord-api-types/v10';
import type { StoredMessage } from '../messages.ts';
import type { State } from '../state.ts';

/** Sends an event to every bot that has asked for events of this intent. */
export type Dispatch = (intent: GatewayIntentBits, name: string, data: object) => void;

type MessageEvent = 'MESSAGE_CREATE' | 'MESSAGE_UPDATE' | 'MESSAGE_DELETE';

/** Tells bots of what changes; interactions, which are addressed to one application, go their own way. */
export function forwardEvents(state: State, dispatch: Dispatch): void {
  const forward = (name: MessageEvent) => (stored: StoredMessage) => forwardMessage(state, dispatch, name, stored);
  state.on('messageCreate', forward('MESSAGE_CREATE'));
  state.on('messageUpdate', forward('MESSAGE_UPDATE'));
  state.on('messageDelete', forward('MESSAGE_DELETE'));
  state.on('memberUpdate', (member) => {
    dispatch(GatewayIntentBits.GuildMembers, 'GUILD_MEMBER_UPDATE', { ...member, guild_id: state.guild.id });
  });
}

function forwardMessage(
  state: State,
  dispatch: Dispatch,
  name: MessageEvent,
  { message, visibleTo }: StoredMessage,
): void {
  // Bots see neither ephemeral messages nor conversations of other people.
  if (visibleTo !== null) return;
  const direct = state.directChannels.get(message.channel_id);
  if (direct !== undefined && !direct.userIds.includes(state.botId)) return;

  const place = { channel_id: message.channel_id, ...(direct === undefined ? { guild_id: state.guild.id } : {}) };
  const data = name === 'MESSAGE_DELETE' ? { id: message.id } : readable(state, message);
  const intent = direct === undefined ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
  dispatch(intent, name, { ...data, ...place });
}

/** Without the message content intent a bot reads only its own messages, mentions of it, and its direct conversations. */
function readable(state: State, message: APIMessage): APIMessage {
  const isOwn = message.author.id === state.botId;
  const isMentioned = message.mentions.some(({ id }) => id === state.botId);
  if (isOwn || isMentioned || state.isDirect(message.channel_id)) return message;
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}
