import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type LocalizationMap,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { refusal } from '../errors.ts';
import { Issues } from './issues.ts';

type CommandBody = RESTPostAPIApplicationCommandsJSONBody;
type Path = readonly (string | number)[];

/** What Discord demands of application commands beyond their schema. */
export interface CommandRules {
  create(body: CommandBody, registered: readonly APIApplicationCommand[]): void;
  patch(command: APIApplicationCommand, body: Partial<CommandBody>): void;
  replaceAll(bodies: readonly CommandBody[]): void;
}

export const noCommandRules: CommandRules = { create: () => {}, patch: () => {}, replaceAll: () => {} };

export const strictCommandRules: CommandRules = {
  create(body, registered) {
    const issues = new Issues();
    checkCommand(body, [], issues);
    issues.throwIfAny();
    const others = registered.filter(({ name, type }) => name !== body.name || type !== typeOf(body));
    assertCounts([...others, body]);
  },

  patch(command, body) {
    const issues = new Issues();
    checkCommand({ ...command, ...body } as CommandBody, [], issues);
    issues.throwIfAny();
  },

  replaceAll(bodies) {
    const issues = new Issues();
    for (const [index, body] of bodies.entries()) checkCommand(body, [index], issues);
    issues.unique(
      bodies.map((body) => `${typeOf(body)} ${body.name}`),
      (index) => [index, 'name'],
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
      'Application command names must be unique',
    );
    issues.throwIfAny();
    assertCounts(bodies);
  },
};

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const SIZE_LIMIT = 8_000;
const COUNT_LIMITS: Record<number, number> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
};

type Typed = { type?: ApplicationCommandType | undefined };

function typeOf({ type }: Typed): ApplicationCommandType {
  return type ?? ApplicationCommandType.ChatInput;
}

function assertCounts(commands: readonly Typed[]): void {
  for (const [type, limit] of Object.entries(COUNT_LIMITS)) {
    if (commands.filter((command) => typeOf(command) === Number(type)).length > limit) throw refusal('tooManyCommands');
  }
}

function checkCommand(body: CommandBody, path: Path, issues: Issues): void {
  const { description = '', options = [] } = body as { description?: string; options?: APIApplicationCommandOption[] };
  if (typeOf(body) !== ApplicationCommandType.ChatInput) {
    if (description)
      issues.add(
        [...path, 'description'],
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET',
        'Context menu commands cannot have description',
      );
    if (options.length > 0)
      issues.add(
        [...path, 'options'],
        'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_CANNOT_BE_SET',
        'Context menu commands cannot have options',
      );
    return;
  }
  checkName(body.name, path, issues);
  if (!description) issues.add([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  checkOptions(options, [...path, 'options'], issues);
  if (sizeOf({ ...body, description, options } as Sized) > SIZE_LIMIT) {
    issues.add(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${SIZE_LIMIT})`);
  }
}

function checkName(name: string, path: Path, issues: Issues): void {
  if (NAME.test(name) && name === name.toLowerCase()) return;
  issues.add([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function checkOptions(options: readonly APIApplicationCommandOption[], path: Path, issues: Issues): void {
  issues.unique(
    options.map(({ name }) => name),
    (index) => [...path, index, 'name'],
    'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    'Option names must be unique',
  );
  const subcommands = options.filter(isSubcommand);
  if (subcommands.length > 0 && subcommands.length < options.length) {
    issues.add(
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
  let isOptionalSeen = false;
  for (const [index, option] of options.entries()) {
    const place = [...path, index];
    checkName(option.name, place, issues);
    if (isSubcommand(option)) {
      checkOptions(option.options ?? [], [...place, 'options'], issues);
      continue;
    }
    if (option.required && isOptionalSeen) {
      issues.add(
        place,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    isOptionalSeen ||= !option.required;
    checkBounds(option, place, issues);
  }
}

function isSubcommand(
  option: APIApplicationCommandOption,
): option is Extract<APIApplicationCommandOption, { type: 1 | 2 }> {
  return (
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
  );
}

interface Bounded {
  choices?: readonly { name: string }[];
  autocomplete?: boolean;
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
}

function checkBounds(option: APIApplicationCommandOption, path: Path, issues: Issues): void {
  const { choices = [], autocomplete, min_value, max_value, min_length, max_length } = option as Bounded;
  if (autocomplete && choices.length > 0) {
    issues.add(
      [...path, 'choices'],
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'An option has either choices or autocomplete',
    );
  }
  issues.unique(
    choices.map(({ name }) => name),
    (index) => [...path, 'choices', index, 'name'],
    'APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES_DUPLICATE',
    'Choice names must be unique',
  );
  if ((min_value ?? -Infinity) > (max_value ?? Infinity)) {
    issues.add(
      [...path, 'min_value'],
      'APPLICATION_COMMAND_OPTIONS_VALUE_INVALID',
      'min_value is larger than max_value',
    );
  }
  if ((min_length ?? 0) > (max_length ?? Infinity)) {
    issues.add(
      [...path, 'min_length'],
      'APPLICATION_COMMAND_OPTIONS_VALUE_INVALID',
      'min_length is larger than max_length',
    );
  }
}

interface Sized {
  name: string;
  name_localizations?: LocalizationMap | null;
  description?: string;
  description_localizations?: LocalizationMap | null;
  options?: readonly Sized[];
  choices?: readonly { name: string; name_localizations?: LocalizationMap | null; value: string | number }[];
}

/** Names, descriptions and choices together, each counted in its longest language, as Discord counts the 8,000. */
function sizeOf({
  name,
  name_localizations: names,
  description = '',
  description_localizations: descriptions,
  options = [],
  choices = [],
}: Sized): number {
  const own = longest(name, names) + longest(description, descriptions);
  const offered = choices.reduce(
    (sum, choice) => sum + longest(choice.name, choice.name_localizations) + String(choice.value).length,
    0,
  );
  return own + offered + options.reduce((sum, option) => sum + sizeOf(option), 0);
}

function longest(text: string, translations: LocalizationMap | null | undefined): number {
  return Math.max(text.length, ...Object.values(translations ?? {}).map((translation) => translation?.length ?? 0));
}
