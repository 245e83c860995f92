/** Slash commands as a person types them: every subcommand is a command of its own, with its full name. */
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10';

export interface TypedCommand {
  commandId: string;
  /** Subcommand (group) names below the command, outermost first. */
  path: string[];
  /** As typed after the slash, such as `user view`. */
  name: string;
  description: string;
  options: APIApplicationCommandBasicOption[];
}

export function typedCommands(commands: APIApplicationCommand[]): TypedCommand[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(({ id, name, description, options }) => expand(id, [], name, description, options ?? []))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

function expand(
  commandId: string,
  path: string[],
  name: string,
  description: string,
  options: APIApplicationCommandOption[],
): TypedCommand[] {
  const basic: APIApplicationCommandBasicOption[] = [];
  const below: TypedCommand[] = [];
  for (const option of options) {
    if (
      option.type === ApplicationCommandOptionType.Subcommand ||
      option.type === ApplicationCommandOptionType.SubcommandGroup
    ) {
      const fullName = `${name} ${option.name}`;
      below.push(...expand(commandId, [...path, option.name], fullName, option.description, option.options ?? []));
    } else basic.push(option);
  }
  return below.length > 0 ? below : [{ commandId, path, name, description, options: basic }];
}

/**
 * The commands that fit what stands after the slash, best first: those that begin with it, then those of which each typed
 * word begins a word, then those whose description has it.
 */
export function matchCommands(commands: TypedCommand[], typed: string): TypedCommand[] {
  const wanted = typed.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const rank = ({ name, description }: TypedCommand): number => {
    if (name.startsWith(wanted)) return 0;
    if (words.every((word) => name.split(' ').some((part) => part.startsWith(word)))) return 1;
    return wanted.length > 2 && description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((ranked) => ranked.rank < 3)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ command }) => command);
}

/** The command that text such as `/user view ` names in full, once a space or nothing more follows. */
export function commandNamed(commands: TypedCommand[], text: string): TypedCommand | undefined {
  if (!text.startsWith('/') || !text.endsWith(' ')) return undefined;
  const name = text.slice(1).trim().toLowerCase();
  return commands.find((command) => command.name === name);
}
