import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10';
import type { TypedOption } from '../../protocol.ts';
import { InputRefused } from './input-refused.ts';
import type { Resolver } from './resolver.ts';

const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
/** Discord's bound for a text option that states none of its own. */
const TEXT_LIMIT = 6_000;

/** The options below a path of subcommand (group) names; null if the path leads nowhere or stops too early. */
export function optionsAt(
  command: APIApplicationCommand,
  path: readonly string[],
): APIApplicationCommandBasicOption[] | null {
  let options: APIApplicationCommandOption[] = command.options ?? [];
  for (const name of path) {
    const next = options.find((option) => option.name === name);
    if (next?.type !== Subcommand && next?.type !== SubcommandGroup) return null;
    options = next.options ?? [];
  }
  const isIncomplete = options.some(({ type }) => type === Subcommand || type === SubcommandGroup);
  return isIncomplete ? null : (options as APIApplicationCommandBasicOption[]);
}

/**
 * The `data` of a slash command's interaction. Whatever Discord's client would not send is refused.
 * @param unfinished an autocomplete request, in which options may still be missing or half typed
 */
export function commandData(
  resolver: Resolver,
  command: APIApplicationCommand,
  path: readonly string[],
  typed: readonly TypedOption[],
  unfinished: boolean,
): object {
  const known = optionsAt(command, path);
  if (known === null) throw new InputRefused('This command needs a subcommand.');
  const given = known.flatMap((option) => {
    const input = typed.find(({ name }) => name === option.name);
    if (input === undefined) {
      if (option.required && !unfinished) throw new InputRefused(`The option "${option.name}" is required.`);
      return [];
    }
    if (!unfinished) assertAcceptable(option, input.value);
    const value = resolver.optionValue(option, input.value);
    return [{ type: option.type, name: option.name, value, ...(input.focused ? { focused: true } : {}) }];
  });
  const unknown = typed.find(({ name }) => !known.some((option) => option.name === name));
  if (unknown !== undefined) throw new InputRefused(`There is no option "${unknown.name}".`);
  return {
    id: command.id,
    name: command.name,
    type: ApplicationCommandType.ChatInput,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    options: nest(command, path, given),
    ...(resolver.isEmpty ? {} : { resolved: resolver.resolved }),
  };
}

/** Wraps the given options into their subcommand and group, as the payload has them. */
function nest(command: APIApplicationCommand, path: readonly string[], given: object[]): object[] {
  const [outer, inner] = path;
  if (outer === undefined) return given;
  const isGroup = command.options?.some(({ name, type }) => name === outer && type === SubcommandGroup);
  if (!isGroup || inner === undefined) return [{ type: Subcommand, name: outer, options: given }];
  return [{ type: SubcommandGroup, name: outer, options: [{ type: Subcommand, name: inner, options: given }] }];
}

function assertAcceptable(option: APIApplicationCommandBasicOption, value: TypedOption['value']): void {
  const problem = problemWith(option, value);
  if (problem !== null) throw new InputRefused(`The option "${option.name}" ${problem}.`);
}

function problemWith(option: APIApplicationCommandBasicOption, value: TypedOption['value']): string | null {
  if ('choices' in option && option.choices !== undefined && option.choices.length > 0) {
    return option.choices.some((choice) => choice.value === value) ? null : 'takes one of its choices';
  }
  switch (option.type) {
    case ApplicationCommandOptionType.String: {
      if (typeof value !== 'string') return 'takes text';
      const { min_length: min = 0, max_length: max = TEXT_LIMIT } = option;
      return value.length < min || value.length > max ? `takes ${min} to ${max} characters` : null;
    }
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number: {
      const isWhole = option.type === ApplicationCommandOptionType.Integer;
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'takes a number';
      if (isWhole && !Number.isSafeInteger(value)) return 'takes a whole number';
      const { min_value: min = -Infinity, max_value: max = Infinity } = option;
      return value < min || value > max ? 'is out of its range' : null;
    }
    case ApplicationCommandOptionType.Boolean:
      return typeof value === 'boolean' ? null : 'takes true or false';
    default:
      return typeof value === 'string' ? null : 'takes an id';
  }
}
