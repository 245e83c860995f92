/**
 * What one person's view knows, as a pure reducer over the server's events. `world` is replaced whole by each `ready`,
 * so that a reconnection needs no merging; what the person is in the middle of stands beside it.
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIChannel,
  APIGuildMember,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIUser,
} from 'discord-api-types/v10';
import type { GuildView, Person, ServerEvent } from '../protocol.ts';

export interface World {
  me: APIUser;
  people: Person[];
  guild: GuildView | null;
  members: Record<string, APIGuildMember>;
  users: Record<string, APIUser>;
  dms: APIChannel[];
  commands: { guild: APIApplicationCommand[]; dm: APIApplicationCommand[] };
  messages: Record<string, APIMessage[]>;
  /** Id of the last message read, per channel. */
  read: Record<string, string>;
  botOnline: boolean;
}

/** An interaction that this person started: what was sent from where, until it is answered, or its failure is dismissed. */
export interface SentInteraction {
  nonce: string;
  channelId: string;
  /** What was done in the person's words, such as `/user view`. */
  label: string;
  /** The newest message when it was sent: a failure stays shown below that one. */
  afterMessageId?: string | undefined;
  /** Where it was pressed or picked; absent for commands and forms. */
  component?: { messageId: string; customId: string };
  /** Asked in the background (autocomplete): neither waiting nor failure is shown in the channel. */
  quiet?: true;
  state: 'sent' | 'failed';
  failure?: string;
}

export interface OpenForm {
  formId: string;
  channelId: string;
  form: APIModalInteractionResponseCallbackData;
  /** Nonce of the submission that waits for its answer. */
  submittedAs: string | null;
  failure: string | null;
}

export interface State {
  link: 'connecting' | 'ready' | 'reconnecting';
  world: World | null;
  interactions: SentInteraction[];
  form: OpenForm | null;
  choices: { nonce: string; choices: APIApplicationCommandOptionChoice[] } | null;
}

export type Action =
  | { type: 'event'; event: ServerEvent }
  | { type: 'lost' }
  | { type: 'sent'; interaction: Omit<SentInteraction, 'state'> }
  | { type: 'failure_dismissed'; nonce: string }
  | { type: 'form_submitted'; nonce: string }
  | { type: 'form_closed' };

export const emptyState: State = { link: 'connecting', world: null, interactions: [], form: null, choices: null };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'event':
      return onEvent(state, action.event);
    case 'lost':
      return {
        ...state,
        link: state.world ? 'reconnecting' : 'connecting',
        interactions: [],
        form: state.form && { ...state.form, submittedAs: null },
      };
    case 'sent':
      return { ...state, interactions: [...state.interactions, { ...action.interaction, state: 'sent' }] };
    case 'failure_dismissed':
      return { ...state, interactions: without(state.interactions, action.nonce) };
    case 'form_submitted':
      return state.form ? { ...state, form: { ...state.form, submittedAs: action.nonce, failure: null } } : state;
    case 'form_closed':
      return { ...state, form: null };
  }
}

function onEvent(state: State, event: ServerEvent): State {
  if (event.type === 'ready') return { ...emptyState, form: state.form, link: 'ready', world: worldOf(event) };
  if (!state.world) return state;
  switch (event.type) {
    case 'interaction':
      return onInteraction(state, event.status);
    case 'form': {
      const from = state.interactions.find(({ nonce }) => nonce === event.nonce);
      const form = { formId: event.formId, channelId: from?.channelId ?? '', form: event.form };
      return {
        ...state,
        interactions: without(state.interactions, event.nonce),
        form: { ...form, submittedAs: null, failure: null },
      };
    }
    case 'choices':
      return {
        ...state,
        interactions: without(state.interactions, event.nonce),
        choices: { nonce: event.nonce, choices: event.choices },
      };
    default:
      return { ...state, world: onWorldEvent(state.world, event) };
  }
}

function onInteraction(state: State, status: Extract<ServerEvent, { type: 'interaction' }>['status']): State {
  if (status.state === 'sent') return state;
  const isForm = state.form?.submittedAs === status.nonce;
  if (status.state === 'answered') {
    return {
      ...state,
      interactions: without(state.interactions, status.nonce),
      form: isForm ? null : state.form,
    };
  }
  if (isForm && state.form) {
    return {
      ...state,
      interactions: without(state.interactions, status.nonce),
      form: { ...state.form, submittedAs: null, failure: status.message },
    };
  }
  const interactions = state.interactions.flatMap((interaction): SentInteraction[] => {
    if (interaction.nonce !== status.nonce) return [interaction];
    return interaction.quiet ? [] : [{ ...interaction, state: 'failed', failure: status.message }];
  });
  return { ...state, interactions };
}

type WorldEvent = Exclude<ServerEvent, { type: 'ready' | 'interaction' | 'form' | 'choices' }>;

function onWorldEvent(world: World, event: WorldEvent): World {
  switch (event.type) {
    case 'message_create':
      return withMessages(
        { ...world, users: withAuthors(world.users, [event.message]) },
        event.message.channel_id,
        (messages) => [...messages.filter(({ id }) => id !== event.message.id), event.message],
      );
    case 'message_update':
      return withMessages(
        { ...world, users: withAuthors(world.users, [event.message]) },
        event.message.channel_id,
        (messages) => messages.map((message) => (message.id === event.message.id ? event.message : message)),
      );
    case 'message_delete':
      return withMessages(world, event.channelId, (messages) => messages.filter(({ id }) => id !== event.messageId));
    case 'channel_create':
      if (event.channel.type === 1 /* a direct message */) {
        return { ...world, dms: [...world.dms.filter(({ id }) => id !== event.channel.id), event.channel] };
      }
      if (!world.guild) return world;
      return { ...world, guild: { ...world.guild, channels: [...world.guild.channels, event.channel] } };
    case 'members_update':
      return {
        ...world,
        members: { ...world.members, ...byUserId(event.members) },
        users: { ...world.users, ...byId(event.users) },
      };
    case 'commands_update':
      return { ...world, commands: event.commands };
    case 'read':
      return { ...world, read: { ...world.read, [event.channelId]: event.messageId } };
    case 'bot_status':
      return { ...world, botOnline: event.online };
  }
}

function worldOf(ready: Extract<ServerEvent, { type: 'ready' }>): World {
  const { me, people, guild, dms, commands, messages, read, botOnline } = ready;
  const members = guild?.members ?? [];
  const known = [...people.map(({ user }) => user), ...members.map(({ user }) => user), ...ready.users, me];
  const users = withAuthors(byId(known), Object.values(messages).flat());
  return { me, people, guild, members: byUserId(members), users, dms, commands, messages, read, botOnline };
}

function withMessages(world: World, channelId: string, change: (messages: APIMessage[]) => APIMessage[]): World {
  return { ...world, messages: { ...world.messages, [channelId]: change(world.messages[channelId] ?? []) } };
}

function withAuthors(users: Record<string, APIUser>, messages: APIMessage[]): Record<string, APIUser> {
  const seen = messages.flatMap(({ author, mentions, interaction_metadata }) => [
    author,
    ...mentions,
    ...(interaction_metadata ? [interaction_metadata.user] : []),
  ]);
  return { ...byId(seen), ...users };
}

function without(interactions: SentInteraction[], nonce: string): SentInteraction[] {
  return interactions.filter((interaction) => interaction.nonce !== nonce);
}

function byId(users: APIUser[]): Record<string, APIUser> {
  return Object.fromEntries(users.map((user) => [user.id, user]));
}

function byUserId(members: APIGuildMember[]): Record<string, APIGuildMember> {
  return Object.fromEntries(members.map((member) => [member.user.id, member]));
}
