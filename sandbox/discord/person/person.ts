import {
  type APIApplicationCommand,
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  type APIUser,
  ApplicationCommandType,
  ChannelType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { PickedFile, TypedOption } from '../../protocol.ts';
import { type AnyComponent, componentsOf, eachComponent } from '../components.ts';
import type { Interaction, InteractionEvent } from '../interactions.ts';
import { may } from '../permissions.ts';
import type { State } from '../state.ts';
import { type ActionParts, Actions, type OpenForm } from './actions.ts';
import { Answer } from './answer.ts';
import { optionsAt } from './command-input.ts';
import { isPressable, isSelectable } from './component-input.ts';
import { type FieldValue, fieldsOf, initialValue, submittedField } from './form-input.ts';
import { InputRefused } from './input-refused.ts';

export interface Where {
  /** A channel of the guild; without it and `dm`, the first one in which this person may write. */
  channelId?: string;
  /** In the direct conversation with the bot. */
  dm?: boolean;
  /** How long to wait for the answer. */
  timeoutMs?: number;
  /** `acknowledged` returns as soon as the bot has acknowledged; `answer.settled` then tells the rest. */
  until?: 'answered' | 'acknowledged';
  /** Sends even a command that is hidden from this person. */
  evenIfHidden?: boolean;
  /** Files that come along; options and fields name them by their `id`. */
  files?: readonly PickedFile[];
}

export type OptionValues = Record<string, string | number | boolean | undefined>;

const ANSWER_WITHIN_MS = 10_000;

/** One person at the keyboard. Commands and components are named as the person reads them. */
export class Person {
  readonly id: string;
  readonly #state: State;
  readonly #actions: Actions;

  constructor(id: string, parts: ActionParts) {
    const { state } = parts;
    if (!state.users.has(id)) throw new Error(`There is nobody with the id ${id}.`);
    this.id = id;
    this.#state = state;
    this.#actions = new Actions(id, parts);
  }

  get user(): APIUser {
    const user = this.#state.users.get(this.id);
    if (user === undefined) throw new Error(`There is nobody with the id ${this.id}.`);
    return user;
  }

  /** Types a slash command, such as `command('user view', { member: alexId })`. */
  async command(name: string, options: OptionValues = {}, where: Where = {}): Promise<Answer> {
    const { command, path } = this.#slashCommand(name, where);
    const typed = typedOptions(command, path, options);
    const input = { channelId: this.#channelId(where), commandId: command.id, path, options: typed, ...extras(where) };
    return this.#answered(where, (listen) => this.#actions.command(input, listen));
  }

  /** Right-clicks a user and chooses a command. */
  async userCommand(name: string, targetId: string, where: Where = {}): Promise<Answer> {
    const command = this.#command(name, ApplicationCommandType.User, where);
    const input = { channelId: this.#channelId(where), commandId: command.id, targetId, ...extras(where) };
    return this.#answered(where, (listen) => this.#actions.userCommand(input, listen));
  }

  /** The choices offered while `focused` is being typed. */
  async autocomplete(
    name: string,
    options: OptionValues,
    focused: string,
    where: Where = {},
  ): Promise<APIApplicationCommandOptionChoice[]> {
    const { command, path } = this.#slashCommand(name, where);
    const typed = typedOptions(command, path, { [focused]: '', ...options }).map((option) =>
      option.name === focused ? { ...option, focused: true as const } : option,
    );
    const input = { channelId: this.#channelId(where), commandId: command.id, path, options: typed, ...extras(where) };
    const answer = await this.#answered(where, (listen) => this.#actions.autocomplete(input, listen));
    if (answer.choices === null) throw new Error(`No choices for "${focused}": ${answer.reason ?? answer.kind}.`);
    return answer.choices;
  }

  /** Presses a button of a message, named by its label or its `custom_id`. */
  async press(message: APIMessage, button: string, where: Where = {}): Promise<Answer> {
    const { custom_id: customId = '' } = named(message, button, isPressable);
    return this.#answered(where, (listen) =>
      this.#actions.press({ channelId: message.channel_id, messageId: message.id, customId }, listen),
    );
  }

  /** Chooses in a select of a message, named by its placeholder or its `custom_id`. */
  async select(message: APIMessage, select: string, values: readonly string[], where: Where = {}): Promise<Answer> {
    const { custom_id: customId = '' } = named(message, select, isSelectable);
    return this.#answered(where, (listen) =>
      this.#actions.select({ channelId: message.channel_id, messageId: message.id, customId, values }, listen),
    );
  }

  /** Sends a form; fields that are not named keep what they were opened with. */
  async submit(form: OpenForm | null, values: Record<string, FieldValue> = {}, where: Where = {}): Promise<Answer> {
    if (form === null) throw new Error('There is no form to send.');
    const fields = fieldsOf(form.form).map(({ field }) => field);
    const unknown = Object.keys(values).find((name) => !fields.some((field) => field.custom_id === name));
    if (unknown !== undefined)
      throw new Error(`The form has no field "${unknown}", but ${quoted(fields.map((field) => field.custom_id))}.`);
    const submitted = fields.map((field) => submittedField(field, values[field.custom_id] ?? initialValue(field)));
    return this.#answered(where, (listen) => this.#actions.submitForm(form, submitted, where.files ?? [], listen));
  }

  /** Writes a message. */
  say(channelId: string, content: string): APIMessage {
    return this.#actions.say(channelId, content);
  }

  /** Whether Discord's client offers this command here. */
  sees(name: string, where: Where = {}): boolean {
    const { commands } = this.#state;
    const visible = where.dm
      ? commands.visibleTo(this.id, 'dm')
      : commands.visibleTo(this.id, 'guild', this.#channelId(where));
    // A slash command is named with its subcommand, which has no visibility of its own; a context menu's may have blanks.
    return visible.some((command) => command.name === name || command.name === name.split(' ')[0]);
  }

  /** What this person sees in a channel, oldest first. */
  messagesIn(channelId: string): APIMessage[] {
    return this.#state.messages.seenBy(this.id, channelId);
  }

  async #answered(where: Where, start: (listen: (event: InteractionEvent) => void) => Interaction): Promise<Answer> {
    const answer = new Answer(where.timeoutMs ?? ANSWER_WITHIN_MS);
    try {
      answer.begin(() => start(answer.listen));
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      answer.refuse(error.message);
    }
    await (where.until === 'acknowledged' ? answer.acknowledged : answer.settled);
    return answer;
  }

  #channelId({ channelId, dm }: Where): string {
    if (dm) return this.#state.directChannelOf(this.id, this.#state.botId).id;
    if (channelId !== undefined) return channelId;
    for (const channel of this.#state.guildChannels.values()) {
      const isText = channel.type === ChannelType.GuildText;
      if (isText && may(this.#state, this.id, channel.id, PermissionFlagsBits.SendMessages)) return channel.id;
    }
    throw new Error(`${this.user.username} may write in no channel; say where.`);
  }

  #slashCommand(name: string, where: Where): { command: APIApplicationCommand; path: string[] } {
    const [first = '', ...path] = name.split(' ');
    return { command: this.#command(first, ApplicationCommandType.ChatInput, where), path };
  }

  /** The command of this name; of several, one that this person sees here, and a guild's own before a global one. */
  #command(name: string, type: ApplicationCommandType, where: Where): APIApplicationCommand {
    const { commands } = this.#state;
    const called = commands.all().filter((command) => command.name === name && command.type === type);
    const sees = (command: APIApplicationCommand) => commands.isVisible(command, this.id, where.dm ? 'dm' : 'guild');
    const command = called.find((one) => sees(one) && one.guild_id !== undefined) ?? called.find(sees) ?? called[0];
    if (command === undefined)
      throw new Error(`No command "${name}" is registered, but ${quoted(commands.all().map((one) => one.name))}.`);
    return command;
  }
}

/** Options by name; one that the command does not have is a mistake of the test and not of the person. */
function typedOptions(command: APIApplicationCommand, path: readonly string[], values: OptionValues): TypedOption[] {
  const known = optionsAt(command, path);
  if (known === null) throw new Error(`/${command.name} has no subcommand "${path.join(' ')}".`);
  return Object.entries(values).flatMap(([name, value]) => {
    if (!known.some((option) => option.name === name)) {
      throw new Error(
        `/${[command.name, ...path].join(' ')} has no option "${name}", but ${quoted(known.map((option) => option.name))}.`,
      );
    }
    return value === undefined ? [] : [{ name, value }];
  });
}

function named(message: APIMessage, name: string, isWanted: (component: AnyComponent) => boolean): AnyComponent {
  const candidates: AnyComponent[] = [];
  eachComponent(componentsOf(message), (component) => {
    if (isWanted(component)) candidates.push(component);
  });
  const nameOf = ({ label, placeholder, custom_id: customId }: AnyComponent) => label ?? placeholder ?? customId ?? '';
  const found = candidates.find((one) => one.custom_id === name) ?? candidates.find((one) => nameOf(one) === name);
  if (found === undefined)
    throw new Error(`The message has nothing called "${name}", but ${quoted(candidates.map(nameOf))}.`);
  return found;
}

const extras = ({ evenIfHidden = false, files = [] }: Where) => ({ evenIfHidden, files });

function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
