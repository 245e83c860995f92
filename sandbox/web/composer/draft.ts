/** A command while it is being typed: which options are open, what stands in them, and what is still wrong. Pure. */
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as OptionType,
} from 'discord-api-types/v10';
import type { PickedFile, TypedOption } from '../../protocol.ts';
import type { TypedCommand } from './commands.ts';

export interface OptionDraft {
  name: string;
  /** What is read in the pill: typed text, or the label of what was picked. */
  text: string;
  /** Set when something was picked from a list; typed text clears it. */
  picked: string | number | boolean | null;
  file?: PickedFile;
}

export interface CommandDraft {
  command: TypedCommand;
  options: OptionDraft[];
  /** Name of the option being edited; null is the end of the line, where further options are chosen. */
  focus: string | null;
  /** What is typed at the end of the line, to find a further option. */
  tail: string;
}

export function beginCommand(command: TypedCommand): CommandDraft {
  const required = command.options.filter((option) => option.required);
  const options = required.map(({ name }) => ({ name, text: '', picked: null }));
  return { command, options, focus: options[0]?.name ?? null, tail: '' };
}

export function optionOf(draft: CommandDraft, name: string | null): APIApplicationCommandBasicOption | undefined {
  return draft.command.options.find((option) => option.name === name);
}

/** The options that are not open yet: those whose name begins as what is typed at the end of the line, or all, to take it in. */
export function furtherOptions(draft: CommandDraft): APIApplicationCommandBasicOption[] {
  const closed = draft.command.options.filter(({ name }) => !draft.options.some((open) => open.name === name));
  const named = closed.filter(({ name }) => isNamedBy(draft.tail, name));
  return named.length > 0 ? named : closed;
}

function isNamedBy(tail: string, name: string): boolean {
  return name.startsWith(tail.trim().replace(/:$/, '').toLowerCase());
}

/** What the end of the line would become as this option's text: nothing where it only names the option. */
export function textFor(draft: CommandDraft, name: string): string {
  return isNamedBy(draft.tail, name) ? '' : draft.tail.trim();
}

/** Opens one of the further options, with what was typed for it. */
export function openFurther(draft: CommandDraft, name: string): CommandDraft {
  return typeInOption(openOption(draft, name), name, textFor(draft, name));
}

export function openOption(draft: CommandDraft, name: string): CommandDraft {
  const isOpen = draft.options.some((option) => option.name === name);
  const options = isOpen ? draft.options : [...draft.options, { name, text: '', picked: null }];
  return { ...draft, options, focus: name, tail: '' };
}

export function closeOption(draft: CommandDraft, name: string): CommandDraft {
  return { ...draft, options: draft.options.filter((option) => option.name !== name), focus: null };
}

export function typeInOption(draft: CommandDraft, name: string, text: string): CommandDraft {
  return { ...draft, options: changed(draft, { name, text, picked: null }) };
}

/** Fills an option from a list and moves on to the next required one, or to the end of the line. */
export function pickForOption(draft: CommandDraft, filled: OptionDraft): CommandDraft {
  const options = changed(draft, filled);
  const next = options.find((option) => option.text === '' && optionOf(draft, option.name)?.required);
  return { ...draft, options, focus: next?.name ?? null };
}

function changed(draft: CommandDraft, change: OptionDraft): OptionDraft[] {
  return draft.options.map((option) => (option.name === change.name ? change : option));
}

/** Moves the focus by one open option; past the last one comes the end of the line. */
export function moveFocus(draft: CommandDraft, by: 1 | -1): CommandDraft {
  const stops = [...draft.options.map(({ name }) => name), null];
  const at = stops.indexOf(draft.focus) + by;
  return { ...draft, focus: stops[Math.min(Math.max(at, 0), stops.length - 1)] ?? null };
}

export interface Problem {
  option: string;
  message: string;
}

/** The first thing that keeps the command from being sent, or null. */
export function problemOf(draft: CommandDraft): Problem | null {
  for (const option of draft.command.options) {
    const filled = draft.options.find(({ name }) => name === option.name);
    if (!filled || filled.text === '') {
      if (option.required) return { option: option.name, message: 'This option is required.' };
    } else {
      const message = wrongValue(option, filled);
      if (message) return { option: option.name, message };
    }
  }
  return null;
}

function wrongValue(option: APIApplicationCommandBasicOption, filled: OptionDraft): string | null {
  const value = typedValue(option, filled);
  if (value === null) return expectation[option.type] ?? 'This value does not fit.';
  if (typeof value === 'number') return outOfRange(option, value);
  if (option.type === OptionType.String && typeof value === 'string') {
    const least = option.min_length ?? 0;
    const most = option.max_length ?? 6_000;
    if (value.length < least) return `At least ${least} characters, please.`;
    if (value.length > most) return `At most ${most} characters, please.`;
    if (option.choices?.length && filled.picked === null) return 'Choose one of the list.';
  }
  return null;
}

const expectation: Partial<Record<OptionType, string>> = {
  [OptionType.Integer]: 'A whole number, please.',
  [OptionType.Number]: 'A number, please.',
  [OptionType.Boolean]: 'True or false, please.',
  [OptionType.User]: 'Choose a person of the list.',
  [OptionType.Role]: 'Choose a role of the list.',
  [OptionType.Channel]: 'Choose a channel of the list.',
  [OptionType.Mentionable]: 'Choose a person or a role of the list.',
  [OptionType.Attachment]: 'Choose a file.',
};

function outOfRange(option: APIApplicationCommandBasicOption, value: number): string | null {
  if (option.type !== OptionType.Integer && option.type !== OptionType.Number) return null;
  if (option.min_value !== undefined && value < option.min_value) return `At least ${option.min_value}, please.`;
  if (option.max_value !== undefined && value > option.max_value) return `At most ${option.max_value}, please.`;
  return null;
}

function typedValue(option: APIApplicationCommandBasicOption, filled: OptionDraft): TypedOption['value'] | null {
  if (filled.picked !== null) return filled.picked;
  const text = filled.text.trim();
  switch (option.type) {
    case OptionType.String:
      return text;
    case OptionType.Integer:
      return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
    case OptionType.Number:
      return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : null;
    case OptionType.Boolean:
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null;
    default:
      return /^(?:<[@#][!&]?)?(\d{15,21})>?$/.exec(text)?.[1] ?? null;
  }
}

/** The options as they are sent; for autocomplete, values that do not fit yet go as the text that was typed. */
export function typedOptions(draft: CommandDraft, focused?: string): TypedOption[] {
  return draft.options.flatMap((filled): TypedOption[] => {
    const option = optionOf(draft, filled.name);
    if (!option) return [];
    if (filled.name === focused) return [{ name: filled.name, value: filled.text, focused: true }];
    if (filled.text === '') return [];
    // A file goes with the command itself, not with every key that is pressed before.
    if (focused !== undefined && filled.file) return [];
    const value = typedValue(option, filled);
    return value === null ? [] : [{ name: filled.name, value }];
  });
}
