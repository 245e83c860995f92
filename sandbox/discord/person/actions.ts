import {
  type APIApplicationCommand,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  MessageType,
  type ModalSubmitComponent,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { PickedFile, TypedOption } from '../../protocol.ts';
import type { AttachmentStore } from '../attachments.ts';
import { type AnyComponent, findComponent } from '../components.ts';
import type { Interaction, InteractionEvent, InteractionStart, Interactions } from '../interactions.ts';
import type { MessageBuilder } from '../message-builder.ts';
import type { StoredMessage } from '../messages.ts';
import { may, maySee } from '../permissions.ts';
import type { State } from '../state.ts';
import { commandData } from './command-input.ts';
import { assertSelectable } from './component-input.ts';
import { formData } from './form-input.ts';
import { InputRefused } from './input-refused.ts';
import { Resolver } from './resolver.ts';

type Listener = (event: InteractionEvent) => void;

export interface CommandInput {
  channelId: string;
  commandId: string;
  path: readonly string[];
  options: readonly TypedOption[];
  files?: readonly PickedFile[];
  /** Sends even a command that is hidden from this person, as after an administrator has opened it to them. */
  evenIfHidden?: boolean;
}

export interface ComponentInput {
  channelId: string;
  messageId: string;
  customId: string;
}

/** What acting takes. */
export interface ActionParts {
  state: State;
  interactions: Interactions;
  builder: MessageBuilder;
  attachments: AttachmentStore;
}

/** A form that lies open before a person. It can be sent once. */
export interface OpenForm {
  form: APIModalInteractionResponseCallbackData;
  openedBy: Interaction;
}

/** Everything that a person can do in Discord's client, by ids; what that client would not let them do is refused. */
export class Actions {
  readonly #userId: string;
  readonly #state: State;
  readonly #interactions: Interactions;
  readonly #builder: MessageBuilder;
  readonly #attachments: AttachmentStore;

  constructor(userId: string, { state, interactions, builder, attachments }: ActionParts) {
    this.#userId = userId;
    this.#state = state;
    this.#interactions = interactions;
    this.#builder = builder;
    this.#attachments = attachments;
  }

  command(input: CommandInput, listener: Listener): Interaction {
    const command = this.#usable(input, ApplicationCommandType.ChatInput);
    const data = commandData(this.#resolver(input.channelId, input.files), command, input.path, input.options, false);
    return this.#start(
      InteractionType.ApplicationCommand,
      input.channelId,
      data,
      MessageType.ChatInputCommand,
      listener,
    );
  }

  autocomplete(input: CommandInput, listener: Listener): Interaction {
    const command = this.#usable(input, ApplicationCommandType.ChatInput);
    const data = commandData(this.#resolver(input.channelId), command, input.path, input.options, true);
    const type = InteractionType.ApplicationCommandAutocomplete;
    return this.#start(type, input.channelId, data, MessageType.ChatInputCommand, listener);
  }

  /** Right-click on a user: `targetId` is theirs. */
  userCommand(input: Omit<CommandInput, 'path' | 'options'> & { targetId: string }, listener: Listener): Interaction {
    const command = this.#usable(input, ApplicationCommandType.User);
    const resolver = this.#resolver(input.channelId);
    resolver.addUser(input.targetId);
    const data = {
      id: command.id,
      name: command.name,
      type: ApplicationCommandType.User,
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      target_id: input.targetId,
      resolved: resolver.resolved,
    };
    const type = InteractionType.ApplicationCommand;
    return this.#start(type, input.channelId, data, MessageType.ContextMenuCommand, listener);
  }

  press({ channelId, messageId, customId }: ComponentInput, listener: Listener): Interaction {
    const { stored, component } = this.#component(channelId, messageId, customId);
    if (component.type !== ComponentType.Button) throw new InputRefused('That is not a button.');
    const data = { id: component.id, custom_id: customId, component_type: component.type };
    return this.#start(InteractionType.MessageComponent, channelId, data, MessageType.Reply, listener, {
      source: stored,
    });
  }

  select(input: ComponentInput & { values: readonly string[] }, listener: Listener): Interaction {
    const { channelId, messageId, customId, values } = input;
    const { stored, component } = this.#component(channelId, messageId, customId);
    assertSelectable(component, values);
    const resolver = this.#resolver(channelId);
    const data = {
      id: component.id,
      custom_id: customId,
      component_type: component.type,
      values: resolver.selected(component.type, values),
      ...(component.type === ComponentType.StringSelect ? {} : { resolved: resolver.resolved }),
    };
    return this.#start(InteractionType.MessageComponent, channelId, data, MessageType.Reply, listener, {
      source: stored,
    });
  }

  submitForm(
    { form, openedBy }: OpenForm,
    submitted: readonly ModalSubmitComponent[],
    files: readonly PickedFile[],
    listener: Listener,
  ): Interaction {
    const { channelId, source } = openedBy;
    const data = formData(this.#resolver(channelId, files), form, submitted);
    const answerType = source === undefined ? openedBy.answerType : MessageType.Reply;
    return this.#start(InteractionType.ModalSubmit, channelId, data, answerType, listener, { source, openedBy });
  }

  /** Says something in a channel or a direct conversation. */
  say(channelId: string, content: string): APIMessage {
    this.#assertPlace(channelId, PermissionFlagsBits.SendMessages);
    const author = this.#state.users.get(this.#userId);
    if (author === undefined) throw new InputRefused('You do not exist.');
    if (content.trim() === '' || content.length > 2_000) throw new InputRefused('A message has 1 to 2,000 characters.');
    return this.#state.addMessage(this.#builder.create(channelId, author, { body: { content }, files: [] })).message;
  }

  deleteMessage(channelId: string, messageId: string): void {
    const stored = this.#visibleMessage(channelId, messageId);
    const isOwn = stored.message.author.id === this.#userId;
    const mayManage =
      !this.#state.isDirect(channelId) && may(this.#state, this.#userId, channelId, PermissionFlagsBits.ManageMessages);
    if (!isOwn && !mayManage) throw new InputRefused('You cannot delete this message.');
    this.#state.deleteMessage(stored);
  }

  /** Takes an ephemeral message out of one's own sight. */
  dismiss(messageId: string): void {
    const stored = this.#state.messages.find(messageId);
    if (stored?.visibleTo === this.#userId) this.#state.deleteMessage(stored);
  }

  /** Opens the direct conversation with somebody and returns its id. */
  openDirectChannel(userId: string): string {
    if (!this.#state.users.has(userId) || userId === this.#userId) throw new InputRefused('You cannot write to them.');
    return this.#state.directChannelOf(this.#userId, userId).id;
  }

  #resolver(channelId: string, files: readonly PickedFile[] = []): Resolver {
    return new Resolver(
      this.#state,
      ({ id, name, contentType, data }) => {
        const file = { index: id, filename: name, contentType, data: Buffer.from(data, 'base64') };
        return this.#attachments.put(this.#state.ids.next(), channelId, file);
      },
      files,
    );
  }

  #usable(
    { commandId, channelId, evenIfHidden }: Omit<CommandInput, 'path' | 'options'>,
    type: ApplicationCommandType,
  ): APIApplicationCommand {
    this.#assertPlace(channelId, PermissionFlagsBits.ViewChannel);
    const command = this.#state.commands.byId(commandId);
    if (command?.type !== type) throw new InputRefused('This command is outdated, please try again in a few minutes.');
    const where = this.#state.isDirect(channelId) ? 'dm' : 'guild';
    const hidden = !this.#state.commands.isVisible(command, this.#userId, where, channelId);
    // No administrator can bring a guild's command into a direct conversation.
    const isOpenable = where === 'guild' && evenIfHidden === true;
    if (hidden && !isOpenable) throw new InputRefused('You do not have permission to use this command here.');
    return command;
  }

  #component(
    channelId: string,
    messageId: string,
    customId: string,
  ): { stored: StoredMessage; component: AnyComponent } {
    const stored = this.#visibleMessage(channelId, messageId);
    const component = findComponent(stored.message, customId);
    if (component === undefined) throw new InputRefused('This is no longer on the message.');
    if (component.disabled) throw new InputRefused('This is disabled.');
    return { stored, component };
  }

  #visibleMessage(channelId: string, messageId: string): StoredMessage {
    this.#assertPlace(channelId, PermissionFlagsBits.ViewChannel);
    const stored = this.#state.messages.get(channelId, messageId);
    const isVisible = stored !== undefined && (stored.visibleTo === null || stored.visibleTo === this.#userId);
    if (!isVisible) throw new InputRefused('This message no longer exists.');
    return stored;
  }

  #assertPlace(channelId: string, needed: bigint): void {
    if (!maySee(this.#state, this.#userId, channelId)) throw new InputRefused('You cannot see this channel.');
    if (!may(this.#state, this.#userId, channelId, needed)) throw new InputRefused('You cannot write here.');
  }

  #start(
    type: InteractionType,
    channelId: string,
    data: object,
    answerType: MessageType,
    listener: Listener,
    from: Pick<InteractionStart, 'source' | 'openedBy'> = {},
  ): Interaction {
    return this.#interactions.start({ type, userId: this.#userId, channelId, data, answerType, ...from }, listener);
  }
}
