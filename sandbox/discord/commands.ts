import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { permissionsOf } from './permissions.ts';
import type { State } from './state.ts';

/** Where a command was registered: for everywhere, or for one guild. */
export type CommandScope = 'global' | 'guild';

/** The bot's application commands, as registered, and who sees which of them where. */
export class CommandRegistry {
  readonly #state: State;
  readonly #commands = new Map<string, APIApplicationCommand>();

  constructor(state: State) {
    this.#state = state;
  }

  in(scope: CommandScope): APIApplicationCommand[] {
    return [...this.#commands.values()].filter((command) => scopeOf(command) === scope);
  }

  get(scope: CommandScope, id: string): APIApplicationCommand | undefined {
    const command = this.#commands.get(id);
    return command !== undefined && scopeOf(command) === scope ? command : undefined;
  }

  all(): APIApplicationCommand[] {
    return [...this.#commands.values()];
  }

  byId(id: string): APIApplicationCommand | undefined {
    return this.#commands.get(id);
  }

  /** Registers a command; one of the same name and type in the same scope is replaced and keeps its id. */
  put(
    scope: CommandScope,
    body: RESTPostAPIApplicationCommandsJSONBody,
  ): { command: APIApplicationCommand; created: boolean } {
    const type = body.type ?? ApplicationCommandType.ChatInput;
    const before = this.in(scope).find((command) => command.name === body.name && command.type === type);
    const command = this.#described(scope, before?.id ?? this.#state.ids.next(), body);
    this.#commands.set(command.id, command);
    this.#state.emit('commandsChange');
    return { command, created: before === undefined };
  }

  patch(command: APIApplicationCommand, body: Partial<RESTPostAPIApplicationCommandsJSONBody>): APIApplicationCommand {
    const { id, version: _version, application_id: _application, guild_id: _guild, ...kept } = command;
    const merged = { ...kept, ...body } as RESTPostAPIApplicationCommandsJSONBody;
    const changed = this.#described(scopeOf(command), id, merged);
    this.#commands.set(id, changed);
    this.#state.emit('commandsChange');
    return changed;
  }

  replaceAll(scope: CommandScope, bodies: RESTPostAPIApplicationCommandsJSONBody[]): APIApplicationCommand[] {
    const before = this.in(scope);
    for (const { id } of before) this.#commands.delete(id);
    const commands = bodies.map((body) => {
      const type = body.type ?? ApplicationCommandType.ChatInput;
      const id = before.find((command) => command.name === body.name && command.type === type)?.id;
      return this.#described(scope, id ?? this.#state.ids.next(), body);
    });
    for (const command of commands) this.#commands.set(command.id, command);
    this.#state.emit('commandsChange');
    return commands;
  }

  delete(id: string): void {
    this.#commands.delete(id);
    this.#state.emit('commandsChange');
  }

  /** Takes over commands registered in an earlier life. */
  restore(commands: readonly APIApplicationCommand[]): void {
    for (const command of commands) this.#commands.set(command.id, command);
  }

  /**
   * The commands that Discord's client offers to a person: in the guild, or in a direct conversation with the bot.
   * A guild's own command never shows outside it, and `default_member_permissions` hides within it.
   */
  visibleTo(userId: string, where: 'guild' | 'dm', channelId?: string): APIApplicationCommand[] {
    return this.all().filter((command) => this.isVisible(command, userId, where, channelId));
  }

  isVisible(command: APIApplicationCommand, userId: string, where: 'guild' | 'dm', channelId?: string): boolean {
    if (where === 'dm') {
      if (scopeOf(command) === 'guild') return false;
      if (command.contexts === null || command.contexts === undefined) return command.dm_permission !== false;
      return command.contexts.includes(InteractionContextType.BotDM);
    }
    if (!this.#state.members.has(userId)) return false;
    if (command.contexts?.includes(InteractionContextType.Guild) === false) return false;
    const permissions = permissionsOf(this.#state, userId, channelId);
    if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return true;
    if ((permissions & PermissionFlagsBits.UseApplicationCommands) === 0n) return false;
    const needed = command.default_member_permissions;
    // "0" is Discord's word for "administrators only"; an absent value hides from nobody.
    if (needed === '0') return false;
    return needed === null || (permissions & BigInt(needed)) === BigInt(needed);
  }

  #described(scope: CommandScope, id: string, body: RESTPostAPIApplicationCommandsJSONBody): APIApplicationCommand {
    const { id: _id, ...rest } = body as RESTPostAPIApplicationCommandsJSONBody & { id?: string };
    return {
      ...rest,
      id,
      application_id: this.#state.application.id,
      type: body.type ?? ApplicationCommandType.ChatInput,
      description: 'description' in body ? (body.description ?? '') : '',
      name_localizations: body.name_localizations ?? null,
      description_localizations: ('description_localizations' in body && body.description_localizations) || null,
      default_member_permissions:
        body.default_member_permissions === undefined || body.default_member_permissions === null
          ? null
          : String(body.default_member_permissions),
      nsfw: false,
      version: this.#state.ids.next(),
      integration_types: body.integration_types ?? [ApplicationIntegrationType.GuildInstall],
      ...(scope === 'guild' ? { guild_id: this.#state.guild.id } : { contexts: body.contexts ?? null }),
    } as APIApplicationCommand;
  }
}

function scopeOf(command: APIApplicationCommand): CommandScope {
  return command.guild_id === undefined ? 'global' : 'guild';
}
