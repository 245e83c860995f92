import {
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { UploadedFile } from '../attachments.ts';
import type { AnyComponent } from '../components.ts';
import { refusal } from '../errors.ts';
import type { Interaction } from '../interactions.ts';
import type { MessageBody } from '../message-builder.ts';
import type { CallbackBody } from '../responses.ts';
import { checkComponents } from './component-rules.ts';
import { checkForm } from './form-rules.ts';
import { Issues } from './issues.ts';

/** What Discord demands of a message beyond its schema. */
export interface MessageRules {
  create(body: MessageBody, files: readonly UploadedFile[]): void;
  edit(message: APIMessage, body: MessageBody, files: readonly UploadedFile[]): void;
  callback(interaction: Interaction, body: CallbackBody, files: readonly UploadedFile[]): void;
}

/** Nothing is demanded: for load, where the partner must cost as little as it can. */
export const noMessageRules: MessageRules = { create: () => {}, edit: () => {}, callback: () => {} };

export const strictMessageRules: MessageRules = {
  create(body, files) {
    checkMessage(body, files, (body.flags ?? 0) & MessageFlags.IsComponentsV2);
  },

  edit(message, body, files) {
    // Once set, the flag stays, whatever an edit says of it.
    const flag = ((message.flags ?? 0) | (body.flags ?? 0)) & MessageFlags.IsComponentsV2;
    const before = {
      content: message.content,
      embeds: message.embeds,
      components: message.components as AnyComponent[],
    };
    const kept = message.attachments.length > 0 && body.attachments === undefined;
    checkMessage({ ...before, ...body }, files, flag, kept);
  },

  callback(interaction, { type, data }, files) {
    switch (type) {
      case InteractionResponseType.ChannelMessageWithSource:
        strictMessageRules.create((data ?? {}) as MessageBody, files);
        break;
      case InteractionResponseType.UpdateMessage:
        if (interaction.source !== undefined) {
          strictMessageRules.edit(interaction.source.message, (data ?? {}) as MessageBody, files);
        }
        break;
      case InteractionResponseType.Modal:
        checkForm(data as APIModalInteractionResponseCallbackData);
        break;
      case InteractionResponseType.ApplicationCommandAutocompleteResult:
        checkChoices((data as { choices?: APIApplicationCommandOptionChoice[] } | undefined)?.choices);
        break;
    }
  },
};

/** The schemas say 4,000, which is what people with a subscription have. */
const CONTENT_LIMIT = 2_000;
const COMPONENT_LIMIT = 40;
const TEXT_LIMIT = 4_000;
const ROW_LIMIT = 5;
const EMBED_TEXT_LIMIT = 6_000;
const CHOICE_VALUE_LIMIT = 100;

/** @param body the message as it would be, what an edit leaves alone included */
function checkMessage(body: MessageBody, files: readonly UploadedFile[], isV2: number, keepsAttachments = false): void {
  const issues = new Issues();
  issues.atMost(CONTENT_LIMIT, body.content?.length ?? 0, ['content']);
  const components = body.components ?? [];
  const placed = checkComponents(components, ['components'], issues);
  if (isV2) {
    refuseLegacyFields(body, issues);
    if (placed.length > COMPONENT_LIMIT) {
      issues.add(
        ['components'],
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        `The maximum number of total components is ${COMPONENT_LIMIT}`,
      );
    }
    const textLength = placed.reduce((sum, { component }) => sum + (component.content?.length ?? 0), 0);
    if (textLength > TEXT_LIMIT) {
      issues.add(
        ['components'],
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        `The total displayable text size is at most ${TEXT_LIMIT}`,
      );
    }
  } else {
    issues.atMost(ROW_LIMIT, components.length, ['components']);
    for (const [index, { type }] of components.entries()) {
      if (type !== ComponentType.ActionRow) {
        issues.add(['components', index, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
      }
    }
  }
  if (embedTextLength(body) > EMBED_TEXT_LIMIT) {
    issues.add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${EMBED_TEXT_LIMIT}`);
  }
  issues.throwIfAny();
  const isEmpty = !body.content?.trim() && !body.embeds?.length && components.length === 0;
  if (isEmpty && files.length === 0 && !keepsAttachments) throw refusal('emptyMessage');
}

function refuseLegacyFields(body: MessageBody, issues: Issues): void {
  for (const field of ['content', 'embeds'] as const) {
    if (!body[field]?.length) continue;
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    issues.add([field], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
  }
}

function embedTextLength({ embeds }: MessageBody): number {
  const texts = (embeds ?? []).flatMap(({ title, description, author, footer, fields = [] }) => [
    title,
    description,
    author?.name,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

function checkChoices(choices: readonly APIApplicationCommandOptionChoice[] | undefined): void {
  const issues = new Issues();
  if (choices === undefined) issues.add(['data', 'choices'], 'BASE_TYPE_REQUIRED', 'This field is required');
  for (const [index, { value }] of (choices ?? []).entries()) {
    issues.atMost(CHOICE_VALUE_LIMIT, String(value).length, ['data', 'choices', index, 'value']);
  }
  issues.throwIfAny();
}
