import {
  type APIApplicationCommandBasicOption,
  type APIAttachment,
  type APIInteractionDataResolvedChannel,
  type APIInteractionDataResolvedGuildMember,
  type APIRole,
  type APIUser,
  ApplicationCommandOptionType,
  ComponentType,
} from 'discord-api-types/v10';
import type { PickedFile, TypedOption } from '../../protocol.ts';
import { permissionsOf } from '../permissions.ts';
import type { State } from '../state.ts';
import { InputRefused } from './input-refused.ts';

type Kind = 'user' | 'role' | 'channel' | 'mentionable' | 'attachment';

const KIND_OF_OPTION: Partial<Record<ApplicationCommandOptionType, Kind>> = {
  [ApplicationCommandOptionType.User]: 'user',
  [ApplicationCommandOptionType.Role]: 'role',
  [ApplicationCommandOptionType.Channel]: 'channel',
  [ApplicationCommandOptionType.Mentionable]: 'mentionable',
  [ApplicationCommandOptionType.Attachment]: 'attachment',
};

const KIND_OF_SELECT: Partial<Record<number, Kind>> = {
  [ComponentType.UserSelect]: 'user',
  [ComponentType.RoleSelect]: 'role',
  [ComponentType.ChannelSelect]: 'channel',
  [ComponentType.MentionableSelect]: 'mentionable',
  [ComponentType.FileUpload]: 'attachment',
};

/** Collects an interaction's `resolved`: the users, roles, channels and files behind the ids that a person chose. */
export class Resolver {
  readonly resolved: {
    users?: Record<string, APIUser>;
    members?: Record<string, APIInteractionDataResolvedGuildMember>;
    roles?: Record<string, APIRole>;
    channels?: Record<string, APIInteractionDataResolvedChannel>;
    attachments?: Record<string, APIAttachment>;
  } = {};
  readonly #state: State;
  readonly #upload: (file: PickedFile) => APIAttachment;
  readonly #files: readonly PickedFile[];

  /** @param upload stores one of the `files` that came along */
  constructor(state: State, upload: (file: PickedFile) => APIAttachment, files: readonly PickedFile[]) {
    this.#state = state;
    this.#upload = upload;
    this.#files = files;
  }

  get isEmpty(): boolean {
    return Object.keys(this.resolved).length === 0;
  }

  /** An option's value as it stands in the payload; only a file's differs from what was typed. */
  optionValue(option: APIApplicationCommandBasicOption, value: TypedOption['value']): TypedOption['value'] {
    const kind = KIND_OF_OPTION[option.type];
    return kind === undefined ? value : this.#resolve(kind, String(value));
  }

  /** The values of a select or an upload as they stand in the payload. */
  selected(componentType: number, values: readonly string[]): string[] {
    const kind = KIND_OF_SELECT[componentType];
    return kind === undefined ? [...values] : values.map((value) => this.#resolve(kind, value));
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

  #resolve(kind: Kind, id: string): string {
    if (kind === 'attachment') return this.#addFile(id);
    const role = this.#state.roles.get(id);
    if (kind === 'channel') this.#addChannel(id);
    else if (kind === 'user' || (kind === 'mentionable' && role === undefined)) this.addUser(id);
    else if (role === undefined) throw new InputRefused('That role does not exist.');
    else this.resolved.roles = { ...this.resolved.roles, [id]: role };
    return id;
  }

  #addFile(pickedId: string): string {
    const file = this.#files.find(({ id }) => id === pickedId);
    if (file === undefined) throw new InputRefused('That file was not sent along.');
    const attachment = this.#upload(file);
    this.resolved.attachments = { ...this.resolved.attachments, [attachment.id]: attachment };
    return attachment.id;
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
