/**
 * What the web client and the local Discord say to each other. Types only: both sides import this file and nothing of
 * each other. Objects that Discord itself defines keep Discord's own shape (`discord-api-types`), so that the client draws
 * exactly what a bot sent.
 *
 * The client opens `GET /client?person=<user id>` as a WebSocket, one per viewed person (without `person`: as the person
 * with whom the sandbox opens). It sends `ClientRequest`s and
 * receives `ServerEvent`s. The first event is `ready`, and again after each reconnect: the client may then forget all it knew.
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIChannel,
  APIGuildMember,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIRole,
  APIUser,
  ModalSubmitComponent,
} from 'discord-api-types/v10';

/** A sample person whom the dock offers. `about` is the one-line story shown under the name. */
export interface Person {
  user: APIUser;
  about: string;
  /** The key (1–9) that switches to this person. */
  key: string;
  /** Whether the person is a member of the guild. */
  inGuild: boolean;
}

export interface GuildView {
  id: string;
  name: string;
  ownerId: string;
  roles: APIRole[];
  members: APIGuildMember[];
  /** Text channels and categories that this person may see, in order. */
  channels: APIChannel[];
}

/** An interaction as its sender sees it; `nonce` is chosen by the client. */
export type InteractionStatus =
  | { nonce: string; state: 'sent' }
  | { nonce: string; state: 'answered' }
  /** No answer within three seconds, or an answer that could not be used: `message` is what the person reads. */
  | { nonce: string; state: 'failed'; message: string };

export type ServerEvent =
  | {
      type: 'ready';
      me: APIUser;
      people: Person[];
      guild: GuildView | null;
      dms: APIChannel[];
      /** Every user this person could see a message of or mention, the bot included. */
      users: APIUser[];
      /** Commands that this person may see in the guild, and those that they may see in a DM with the bot. */
      commands: { guild: APIApplicationCommand[]; dm: APIApplicationCommand[] };
      /** The newest messages per channel, oldest first. Ephemeral ones of this person are among them while the sandbox runs. */
      messages: Record<string, APIMessage[]>;
      /** Id of the last message read, per channel. */
      read: Record<string, string>;
      botOnline: boolean;
    }
  | { type: 'message_create'; message: APIMessage }
  | { type: 'message_update'; message: APIMessage }
  | { type: 'message_delete'; channelId: string; messageId: string }
  | { type: 'channel_create'; channel: APIChannel }
  | { type: 'members_update'; members: APIGuildMember[]; users: APIUser[] }
  | { type: 'commands_update'; commands: { guild: APIApplicationCommand[]; dm: APIApplicationCommand[] } }
  | { type: 'read'; channelId: string; messageId: string }
  | { type: 'interaction'; status: InteractionStatus }
  /** The bot answered the interaction `nonce` with a form; it is sent back with `submit_form`. */
  | { type: 'form'; nonce: string; formId: string; form: APIModalInteractionResponseCallbackData }
  | { type: 'choices'; nonce: string; choices: APIApplicationCommandOptionChoice[] }
  | { type: 'bot_status'; online: boolean };

/** An option as typed; `value` of user, role and channel options is an id. */
export interface TypedOption {
  name: string;
  value: string | number | boolean;
  /** Set on exactly one option of an autocomplete request. */
  focused?: true;
}

/** A file that a person picked for a command's option or a form; `id` is chosen by the client and stands as its value. */
export interface PickedFile {
  id: string;
  name: string;
  contentType: string;
  /** The bytes in base64. */
  data: string;
}

export type ClientRequest =
  | { type: 'send_message'; channelId: string; content: string }
  | { type: 'delete_message'; channelId: string; messageId: string }
  | { type: 'dismiss'; messageId: string }
  | { type: 'read'; channelId: string; messageId: string }
  | { type: 'open_dm'; userId: string }
  | {
      type: 'command';
      nonce: string;
      channelId: string;
      commandId: string;
      /** Subcommand (group) names below the command, outermost first. */
      path: string[];
      options: TypedOption[];
      files?: PickedFile[];
    }
  | {
      type: 'autocomplete';
      nonce: string;
      channelId: string;
      commandId: string;
      path: string[];
      options: TypedOption[];
    }
  | { type: 'context_command'; nonce: string; channelId: string; commandId: string; targetId: string }
  | { type: 'press'; nonce: string; channelId: string; messageId: string; customId: string }
  | { type: 'select'; nonce: string; channelId: string; messageId: string; customId: string; values: string[] }
  | { type: 'submit_form'; nonce: string; formId: string; components: ModalSubmitComponent[]; files?: PickedFile[] };
