/** From Discord's raw payload to what is asked, by whom and where; nothing here waits, and nothing of Discord's shape goes further. */
import {
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  type APIInteractionDataResolved,
  type APIModalSubmission,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  MessageFlags,
  type ModalSubmitComponent,
} from 'discord-api-types/v10';
import type { Attachment } from '../services/context.ts';
import type { OptionValue, OptionValues } from '../views/view.ts';
import { type ComponentReference, parseCustomId } from './custom-id.ts';

interface Origin {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  readonly userId: string;
  /** Null in a direct message. */
  readonly guildId: string | null;
  readonly channelId: string;
  /** Of the person, in `guildId`; null in a direct message. */
  readonly roleIds: readonly string[] | null;
  /** The message whose component was used is there for everybody in a channel. */
  readonly sourceIsPublic: boolean;
}

/** A slash command or an entry of a user's menu. */
export interface CommandInteraction extends Origin {
  readonly kind: 'command';
  readonly name: string;
  readonly menu: boolean;
  readonly given: OptionValues;
}

/** An option is being typed. */
export interface CompleteInteraction extends Origin {
  readonly kind: 'complete';
  readonly name: string;
  readonly given: OptionValues;
  readonly option: string;
  readonly typed: string;
}

/** A button or a select was used. */
export interface PressInteraction extends Origin {
  readonly kind: 'press';
  readonly reference: ComponentReference | null;
  readonly value: OptionValue | null;
}

/** A form was sent. */
export interface SubmitInteraction extends Origin {
  readonly kind: 'submit';
  readonly reference: ComponentReference | null;
  readonly filled: OptionValues;
}

/** Whatever asks for more than completion. */
export type ActInteraction = CommandInteraction | PressInteraction | SubmitInteraction;

export type Interaction = ActInteraction | CompleteInteraction;

/** In a form, the usual answers of a field stand in a select of their own; what is typed in the field wins. */
const CHOICE_SUFFIX = '.choice';

export function choiceFieldId(option: string): string {
  return `${option}${CHOICE_SUFFIX}`;
}

/** Null for what a bot with slash commands is never sent. */
export function readInteraction(payload: APIInteraction): Interaction | null {
  const userId = payload.member?.user.id ?? payload.user?.id;
  const channelId = payload.channel?.id;
  if (userId === undefined || channelId === undefined) return null;
  const origin = {
    id: payload.id,
    token: payload.token,
    applicationId: payload.application_id,
    userId,
    guildId: payload.guild_id ?? null,
    channelId,
    roleIds: payload.member?.roles ?? null,
    sourceIsPublic: payload.guild_id !== undefined && isForAll(payload.message),
  };
  switch (payload.type) {
    case InteractionType.ApplicationCommand: {
      const { data } = payload;
      if (data.type === ApplicationCommandType.User) {
        const given = { member: data.target_id };
        return { ...origin, kind: 'command', name: data.name, menu: true, given };
      }
      if (data.type !== ApplicationCommandType.ChatInput) return null;
      const { name, given } = readCommand(data.name, data.options, data.resolved);
      return { ...origin, kind: 'command', name, menu: false, given };
    }
    case InteractionType.ApplicationCommandAutocomplete: {
      const { data } = payload;
      const { name, given, focused } = readCommand(data.name, data.options, data.resolved);
      if (!focused) return null;
      return { ...origin, kind: 'complete', name, given, option: focused.name, typed: focused.typed };
    }
    case InteractionType.MessageComponent: {
      const { data } = payload;
      const values = 'values' in data ? data.values : [];
      const [value] = values.map(storable);
      return { ...origin, kind: 'press', reference: parseCustomId(data.custom_id, values), value: value ?? null };
    }
    case InteractionType.ModalSubmit: {
      const { data } = payload;
      return { ...origin, kind: 'submit', reference: parseCustomId(data.custom_id), filled: readForm(data) };
    }
    default:
      return null;
  }
}

function isForAll(message: { readonly flags?: MessageFlags } | undefined): boolean {
  return message !== undefined && ((message.flags ?? 0) & MessageFlags.Ephemeral) === 0;
}

interface ReadCommand {
  readonly name: string;
  readonly given: OptionValues;
  readonly focused: { readonly name: string; readonly typed: string } | null;
}

/** The command's name with its subcommand's (`user view`), and the options below. */
function readCommand(
  root: string,
  options: readonly APIApplicationCommandInteractionDataOption<InteractionType>[] = [],
  resolved: APIInteractionDataResolved | undefined,
): ReadCommand {
  const [first] = options;
  if (
    first?.type === ApplicationCommandOptionType.Subcommand ||
    first?.type === ApplicationCommandOptionType.SubcommandGroup
  ) {
    return readCommand(`${root} ${first.name}`, first.options, resolved);
  }
  const given: Record<string, OptionValue> = {};
  let focused: ReadCommand['focused'] = null;
  for (const option of options) {
    if (!('value' in option)) continue;
    const value = typeof option.value === 'string' ? storable(option.value) : option.value;
    if ('focused' in option && option.focused) focused = { name: option.name, typed: String(value) };
    given[option.name] = resolvedValue(option.type, value, resolved);
  }
  return { name: root, given, focused };
}

/** Whatever is typed is stored sooner or later, and PostgreSQL takes neither a NUL nor half a surrogate pair. */
function storable(typed: string): string {
  return typed.toWellFormed().replaceAll('\0', '');
}

/** Discord gives ids alone and says beside them what they are of. */
function resolvedValue(
  type: ApplicationCommandOptionType,
  value: OptionValue,
  resolved: APIInteractionDataResolved | undefined,
): OptionValue {
  switch (type) {
    case ApplicationCommandOptionType.Mentionable:
      return subject(String(value), resolved);
    case ApplicationCommandOptionType.Attachment:
      return attachment(String(value), resolved);
    default:
      return value;
  }
}

/** `user:<id>` or `role:<id>`. */
function subject(id: string, resolved: APIInteractionDataResolved | undefined): string {
  return resolved?.roles?.[id] ? `role:${id}` : `user:${id}`;
}

/** A file as JSON: where it lies, what it is called and how large it is. */
function attachment(id: string, resolved: APIInteractionDataResolved | undefined): string {
  const { filename = '', size = 0, url = '' } = resolved?.attachments?.[id] ?? {};
  const sent: Attachment = { name: storable(filename), sizeBytes: size, url };
  return JSON.stringify(sent);
}

/** What was filled in, by option; fields left empty are not among it. */
function readForm(data: APIModalSubmission): OptionValues {
  const filled: Record<string, OptionValue> = {};
  for (const part of data.components) {
    if (part.type !== ComponentType.Label) continue;
    const { component } = part;
    const value = fieldValue(component, data.resolved);
    if (value === null) continue;
    if (!component.custom_id.endsWith(CHOICE_SUFFIX)) filled[component.custom_id] = value;
    else filled[component.custom_id.slice(0, -CHOICE_SUFFIX.length)] ??= value;
  }
  return filled;
}

function fieldValue(
  component: ModalSubmitComponent,
  resolved: APIInteractionDataResolved | undefined,
): OptionValue | null {
  if (component.type === ComponentType.MentionableSelect) {
    const [id] = component.values;
    return id === undefined ? null : subject(id, resolved);
  }
  if (component.type === ComponentType.FileUpload) {
    const [id] = component.values;
    return id === undefined ? null : attachment(id, resolved);
  }
  if ('values' in component) return component.values.length > 0 ? storable(component.values.join(',')) : null;
  if (typeof component.value !== 'string') return component.value;
  return component.value.trim() === '' ? null : storable(component.value);
}
