import {
  type APIApplicationCommandOptionChoice,
  type APIChatInputApplicationCommandInteractionData,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  type APIUser,
  ApplicationCommandOptionType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import type { UploadedFile } from './attachments.ts';
import { type AnyComponent, completeComponents } from './components.ts';
import { invalidForm, refusal } from './errors.ts';
import { ACKNOWLEDGE_WITHIN_MS, type Interaction, type Interactions } from './interactions.ts';
import { isEphemeral, type MessageBody, type MessageBuilder, type MessageDraft } from './message-builder.ts';
import type { StoredMessage } from './messages.ts';
import type { State } from './state.ts';

/** The body of an interaction callback; which `data` goes with which `type` has been checked before. */
export interface CallbackBody {
  type: InteractionResponseType;
  data?: MessageBody | APIModalInteractionResponseCallbackData | { choices: APIApplicationCommandOptionChoice[] };
}

const {
  ChannelMessageWithSource,
  DeferredChannelMessageWithSource,
  DeferredMessageUpdate,
  UpdateMessage,
  ApplicationCommandAutocompleteResult,
  Modal,
} = InteractionResponseType;

/** What a bot does with an interaction's token: the first answer, and for fifteen minutes edits and follow-ups. */
export class Responses {
  readonly #state: State;
  readonly #interactions: Interactions;
  readonly #builder: MessageBuilder;

  constructor(state: State, interactions: Interactions, builder: MessageBuilder) {
    this.#state = state;
    this.#interactions = interactions;
    this.#builder = builder;
  }

  /** The interaction that a callback route names, if it can still be acknowledged. */
  acknowledgeable(id: string, token: string): Interaction {
    const interaction = this.#interactions.byToken(token);
    if (interaction === undefined || interaction.id !== id || interaction.failed) throw refusal('unknownInteraction');
    if (interaction.acknowledged !== null) throw refusal('alreadyAcknowledged');
    if (this.#state.clock.now() - interaction.createdAtMs > ACKNOWLEDGE_WITHIN_MS) throw refusal('unknownInteraction');
    return interaction;
  }

  /** The first answer. Returns the message it made or changed, if any. */
  acknowledge(
    interaction: Interaction,
    { type, data }: CallbackBody,
    files: readonly UploadedFile[],
  ): StoredMessage | null {
    assertAnswerable(interaction, type);
    switch (type) {
      case ChannelMessageWithSource: {
        const message = this.#answerMessage(interaction, { body: (data ?? {}) as MessageBody, files });
        this.#interactions.acknowledge(interaction, type);
        return this.#show(interaction, message, false);
      }
      case DeferredChannelMessageWithSource: {
        const flags = ((data as MessageBody | undefined)?.flags ?? 0) | MessageFlags.Loading;
        const message = this.#answerMessage(interaction, { body: { flags }, files: [] });
        this.#interactions.acknowledge(interaction, type);
        interaction.ephemeral = isEphemeral(flags);
        interaction.original = this.#state.addMessage(message, interaction.ephemeral ? interaction.userId : null);
        return interaction.original;
      }
      case DeferredMessageUpdate: {
        this.#interactions.acknowledge(interaction, type);
        interaction.original = interaction.source ?? null;
        return interaction.original;
      }
      case UpdateMessage: {
        const source = interaction.source ?? null;
        if (source === null) throw refusal('unknownMessage');
        const message = this.#builder.edit(source.message, { body: (data ?? {}) as MessageBody, files });
        this.#interactions.acknowledge(interaction, type);
        interaction.original = source;
        return this.#change(interaction, source, message, false);
      }
      case Modal:
        this.#interactions.acknowledge(interaction, type);
        completeComponents((data as APIModalInteractionResponseCallbackData).components as AnyComponent[]);
        interaction.listener({ type: 'form', form: data as APIModalInteractionResponseCallbackData });
        return null;
      case ApplicationCommandAutocompleteResult:
        this.#interactions.acknowledge(interaction, type);
        interaction.listener({
          type: 'choices',
          choices: (data as { choices: APIApplicationCommandOptionChoice[] }).choices,
        });
        return null;
      default:
        throw wrongType();
    }
  }

  /** The interaction whose token a webhook route carries, if the token lives and has been acknowledged. */
  alive(applicationId: string, token: string): Interaction {
    const interaction = this.#interactions.byToken(token);
    if (interaction === undefined || applicationId !== this.#state.application.id) throw refusal('unknownWebhook');
    if (!this.#interactions.isAlive(interaction)) throw refusal('invalidWebhookToken');
    if (interaction.acknowledged === null) throw refusal('unknownWebhook');
    return interaction;
  }

  /** A message of this interaction by its id, or its first answer as `@original`. */
  find(interaction: Interaction, messageId: string): StoredMessage {
    const { original } = interaction;
    if (messageId === '@original' || messageId === original?.message.id) {
      if (original === null || original.deleted) throw refusal('unknownMessage');
      return original;
    }
    const stored = this.#state.messages.get(interaction.channelId, messageId);
    if (stored?.message.webhook_id !== this.#state.application.id) throw refusal('unknownMessage');
    return stored;
  }

  followUp(interaction: Interaction, draft: MessageDraft): APIMessage {
    // Discord lets the first follow-up of a deferred answer fill that answer in.
    if (interaction.original !== null && isLoading(interaction.original.message)) {
      return this.edit(interaction, interaction.original, draft);
    }
    const about = interaction.original?.message ?? interaction.source?.message;
    const message = this.#builder.create(interaction.channelId, this.#state.application.bot, draft, {
      ...this.#origin(interaction),
      type: about === undefined ? MessageType.Default : MessageType.Reply,
      ...(about === undefined ? {} : { message_reference: referenceTo(about) }),
    });
    return this.#show(interaction, message, true).message;
  }

  edit(interaction: Interaction, stored: StoredMessage, draft: MessageDraft): APIMessage {
    const wasLoading = isLoading(stored.message);
    const message = this.#builder.edit(stored.message, draft);
    if (wasLoading) {
      message.flags = (message.flags ?? 0) & ~MessageFlags.Loading;
      message.edited_timestamp = null;
    }
    return this.#change(interaction, stored, message, stored !== interaction.original).message;
  }

  delete(interaction: Interaction, stored: StoredMessage): void {
    this.#state.deleteMessage(stored);
    if (stored === interaction.original) interaction.original = null;
    interaction.listener({ type: 'deleted', messageId: stored.message.id });
  }

  #answerMessage(interaction: Interaction, draft: MessageDraft): APIMessage {
    const source = interaction.source?.message;
    return this.#builder.create(interaction.channelId, this.#state.application.bot, draft, {
      ...this.#origin(interaction),
      type: interaction.answerType,
      ...(source === undefined ? {} : { message_reference: referenceTo(source) }),
    });
  }

  #origin(interaction: Interaction): Partial<APIMessage> {
    const user = this.#state.users.get(interaction.userId);
    if (user === undefined) return {};
    const command = interaction.openedBy ?? interaction;
    return {
      application_id: this.#state.application.id,
      webhook_id: this.#state.application.id,
      interaction_metadata: metadataOf(interaction, user),
      ...(command.type === InteractionType.ApplicationCommand
        ? { interaction: { id: interaction.id, type: interaction.type, name: commandName(command.data), user } }
        : {}),
    };
  }

  #show(interaction: Interaction, message: APIMessage, followUp: boolean): StoredMessage {
    const ephemeral = isEphemeral(message.flags);
    const stored = this.#state.addMessage(message, ephemeral ? interaction.userId : null);
    if (!followUp) {
      interaction.original = stored;
      interaction.ephemeral = ephemeral;
    }
    interaction.listener({ type: 'message', stored, followUp });
    return stored;
  }

  #change(interaction: Interaction, stored: StoredMessage, message: APIMessage, followUp: boolean): StoredMessage {
    this.#state.updateMessage(stored, message);
    interaction.listener({ type: 'message', stored, followUp });
    return stored;
  }
}

/** https://discord.com/developers/docs/resources/message#message-interaction-metadata-object */
function metadataOf(interaction: Interaction, user: APIUser): NonNullable<APIMessage['interaction_metadata']> {
  const { id, type, source, openedBy } = interaction;
  const metadata = {
    id,
    type,
    user,
    authorizing_integration_owners: {},
    ...(openedBy === undefined ? {} : { triggering_interaction_metadata: metadataOf(openedBy, user) }),
    ...(source === undefined || openedBy !== undefined ? {} : { interacted_message_id: source.message.id }),
  };
  return metadata as NonNullable<APIMessage['interaction_metadata']>;
}

/** Which first answers an interaction takes: https://discord.com/developers/docs/interactions/receiving-and-responding */
function assertAnswerable(interaction: Interaction, type: InteractionResponseType): void {
  const isAutocomplete = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  const isForm = interaction.type === InteractionType.ModalSubmit;
  const updates = type === DeferredMessageUpdate || type === UpdateMessage;
  if (isAutocomplete !== (type === ApplicationCommandAutocompleteResult)) throw wrongType();
  if (updates && interaction.source === undefined) throw wrongType();
  if (isForm && type === Modal) throw wrongType();
}

function wrongType(): Error {
  const message = 'This response type does not answer this interaction.';
  return invalidForm([{ path: ['type'], code: 'INTERACTION_RESPONSE_TYPE_INVALID', message }]);
}

function isLoading(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
}

function referenceTo(message: APIMessage): NonNullable<APIMessage['message_reference']> {
  return { type: MessageReferenceType.Default, channel_id: message.channel_id, message_id: message.id };
}

/** A command's name with its subcommands, as Discord's client shows it above the answer: `user view`. */
function commandName(data: unknown): string {
  const { name, options } = data as Pick<APIChatInputApplicationCommandInteractionData, 'name' | 'options'>;
  const below = options?.find(
    ({ type }) =>
      type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup,
  );
  return below === undefined ? name : `${name} ${commandName(below)}`;
}
