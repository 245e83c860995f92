/** Tells Discord which commands there are, if and only if that has changed. */
import type { REST } from '@discordjs/rest';
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import type { Option } from './command.ts';
import { CHOICE_LIMIT } from './limits.ts';
import { byFirstWord, type Registered } from './registered.ts';
import type { Registry } from './registry.ts';

/**
 * Who sees staff's commands in Discord until the server's own settings say otherwise. It only hides: what anyone may do is decided by the
 * policy.
 */
const STAFF_SEE = String(PermissionFlagsBits.ManageMessages);

const TEXT_LENGTH = 6_000;

/** The commands as Discord wants them: staff's in each guild that is served, members' everywhere, in direct messages too. */
export interface CommandPayloads {
  readonly guild: readonly RESTPostAPIApplicationCommandsJSONBody[];
  readonly everywhere: readonly RESTPostAPIApplicationCommandsJSONBody[];
}

export function commandPayloads(registry: Registry): CommandPayloads {
  const payloads = [...byFirstWord(registry.all)].map(([root, commands]) => ({
    scope: commands[0]?.command.scope,
    payload: chatCommand(root, commands, registry.catalogue.groups[root] ?? ''),
  }));
  const menus = registry.catalogue.menus.map(
    ({ name }): RESTPostAPIApplicationCommandsJSONBody => ({
      type: ApplicationCommandType.User,
      name,
      default_member_permissions: STAFF_SEE,
    }),
  );
  const staff = payloads.filter(({ scope }) => scope === 'staff').map(({ payload }) => payload);
  const members = payloads.filter(({ scope }) => scope === 'member').map(({ payload }) => payload);
  return {
    guild: [...staff.map((payload) => ({ ...payload, default_member_permissions: STAFF_SEE })), ...menus],
    everywhere: members.map((payload) => ({
      ...payload,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      integration_types: [ApplicationIntegrationType.GuildInstall],
    })),
  };
}

function chatCommand(
  root: string,
  commands: readonly Registered[],
  groupDescription: string,
): RESTPostAPIApplicationCommandsJSONBody {
  const [first] = commands;
  const type = ApplicationCommandType.ChatInput as const;
  if (first?.command.name === root) {
    return { type, name: root, description: first.command.description, options: basicOptions(first) };
  }
  const subcommands: APIApplicationCommandOption[] = commands.map((registered) => ({
    type: ApplicationCommandOptionType.Subcommand,
    name: registered.command.name.slice(root.length + 1),
    description: registered.command.description,
    options: basicOptions(registered),
  }));
  return { type, name: root, description: groupDescription, options: subcommands };
}

/** Nothing is required of Discord's client: what is missing is asked in a form. */
function basicOptions(registered: Registered): APIApplicationCommandBasicOption[] {
  return Object.entries(registered.options).flatMap(([name, option]) =>
    option.type === 'hidden' || option.only === 'form' ? [] : [basicOption(name, option)],
  );
}

function basicOption(name: string, option: Option): APIApplicationCommandBasicOption {
  const { description } = option;
  switch (option.type) {
    case 'user':
      return { type: ApplicationCommandOptionType.User, name, description };
    case 'role':
      return { type: ApplicationCommandOptionType.Role, name, description };
    case 'channel':
      return { type: ApplicationCommandOptionType.Channel, name, description, channel_types: [0] };
    case 'subject':
      return { type: ApplicationCommandOptionType.Mentionable, name, description };
    case 'boolean':
      return { type: ApplicationCommandOptionType.Boolean, name, description };
    case 'attachment':
      return { type: ApplicationCommandOptionType.Attachment, name, description };
    default: {
      const text = { type: ApplicationCommandOptionType.String as const, name, description };
      if (option.choices)
        return { ...text, choices: option.choices.slice(0, CHOICE_LIMIT).map((choice) => ({ ...choice })) };
      return {
        ...text,
        ...(option.minLength && option.required ? { min_length: option.minLength } : {}),
        ...(option.maxLength ? { max_length: Math.min(option.maxLength, TEXT_LENGTH) } : {}),
        ...(option.complete ? { autocomplete: true } : {}),
      };
    }
  }
}

/** Registers what differs from what Discord has. Returns the routes that were written. */
export async function registerCommands(
  rest: REST,
  registry: Registry,
  place: { readonly applicationId: string; readonly guildIds: readonly string[] },
): Promise<readonly string[]> {
  const payloads = commandPayloads(registry);
  const wanted = [
    { route: Routes.applicationCommands(place.applicationId), commands: payloads.everywhere },
    ...place.guildIds.map((guildId) => ({
      route: Routes.applicationGuildCommands(place.applicationId, guildId),
      commands: payloads.guild,
    })),
  ];
  const written: string[] = [];
  for (const { route, commands } of wanted) {
    const present = (await rest.get(route)) as unknown[];
    if (fingerprint(present) === fingerprint(commands)) continue;
    await rest.put(route, { body: commands });
    written.push(route);
  }
  return written;
}

/** What we say about commands, in one order; what Discord adds by itself (ids, versions, defaults) is not among it. */
function fingerprint(commands: readonly unknown[]): string {
  return commands
    .map((command) => JSON.stringify(essence(command)))
    .sort()
    .join('\n');
}

const ESSENTIAL: readonly string[] = [
  'autocomplete',
  'channel_types',
  'choices',
  'contexts',
  'default_member_permissions',
  'description',
  'max_length',
  'min_length',
  'name',
  'options',
  'required',
  'type',
  'value',
];

function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (value === null || typeof value !== 'object') return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const kept = ESSENTIAL.map((name) => [name, essence(fields[name])] as const);
  return Object.fromEntries(kept.filter(([, field]) => !isDefault(field)));
}

/** Discord gives back what was left out as null, false, or an empty list or text. */
function isDefault(field: unknown): boolean {
  return (
    field === undefined ||
    field === null ||
    field === false ||
    field === '' ||
    (Array.isArray(field) && field.length === 0)
  );
}
