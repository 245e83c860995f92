import {
  type APIApplicationCommandBasicOption,
  type APIInteractionDataResolvedChannel,
  type APIInteractionDataResolvedGuildMember,
  type APIRole,
  type APIUser,
  ApplicationCommandOptionType,
  ComponentType,
} from 'discord-api-types/v10';
import { permissionsOf } from '../permissions.ts';
import type { State } from '../state.ts';
import { InputRefused } from './input-refused.ts';

type Kind = 'user' | 'role' | 'channel' | 'mentionable';

const KIND_OF_OPTION: Partial<Record<ApplicationCommandOptionType, Kind>> = {
  [ApplicationCommandOptionType.User]: 'user',
  [ApplicationCommandOptionType.Role]: 'role',
  [ApplicationCommandOptionType.Channel]: 'channel',
  [ApplicationCommandOptionType.Mentionable]: 'mentionable',
};

const KIND_OF_SELECT: Partial<Record<number, Kind>> = {
  [ComponentType.UserSelect]: 'user',
  [ComponentType.RoleSelect]: 'role',
  [ComponentType.ChannelSelect]: 'channel',
  [ComponentType.MentionableSelect]: 'mentionable',
};

/** Collects an interaction's `resolved`: the users, members, roles and channels behind the ids that a person chose. */
export class Resolver {
  readonly #state: State;
  readonly resolved: {
    users?: Record<string, APIUser>;
    members?: Record<string, APIInteractionDataResolvedGuildMember>;
    roles?: Record<string, APIRole>;
    channels?: Record<string, APIInteractionDataResolvedChannel>;
  } = {};

  constructor(state: State) {
    this.#state = state;
  }

  get isEmpty(): boolean {
    return Object.keys(this.resolved).length === 0;
  }

  addOption(option: APIApplicationCommandBasicOption, value: string | number | boolean): void {
    const kind = KIND_OF_OPTION[option.type];
    if (kind !== undefined) this.#add(kind, String(value));
  }

  addSelected(componentType: number, ids: readonly string[]): void {
    const kind = KIND_OF_SELECT[componentType];
    if (kind !== undefined) for (const id of ids) this.#add(kind, id);
  }

  addUser(userId: string): void {
    const user = this.#state.users.get(userId);
    if (user === undefined) throw new InputRefused('That user does not exist.');
    this.resolved.users = { ...this.resolved.users, [userId]: user };
    const member = this.#state.members.get(userId);
    if (member === undefined) return;
    // Discord leaves out of a resolved member what stands in `users`, and what only voice needs.
    const { user: _user, deaf: _deaf, mute: _mute, ...partial } = member;
    const described = { ...partial, permissions: permissionsOf(this.#state, userId).toString() };
    this.resolved.members = { ...this.resolved.members, [userId]: described as APIInteractionDataResolvedGuildMember };
  }

  #add(kind: Kind, id: string): void {
    const role = this.#state.roles.get(id);
    if (kind === 'channel') this.#addChannel(id);
    else if (kind === 'user' || (kind === 'mentionable' && role === undefined)) this.addUser(id);
    else if (role === undefined) throw new InputRefused('That role does not exist.');
    else this.resolved.roles = { ...this.resolved.roles, [id]: role };
  }

  #addChannel(id: string): void {
    const channel = this.#state.guildChannels.get(id);
    if (channel === undefined) throw new InputRefused('That channel does not exist.');
    const { name, type, parent_id: parentId } = channel;
    const described = { id, name, type, parent_id: parentId ?? null, permissions: '0' };
    this.resolved.channels = {
      ...this.resolved.channels,
      [id]: described as unknown as APIInteractionDataResolvedChannel,
    };
  }
}
