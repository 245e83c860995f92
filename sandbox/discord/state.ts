import { EventEmitter } from 'node:events';
import {
  type APIApplicationCommand,
  type APIChannel,
  type APIGuildMember,
  type APIMessage,
  type APIRole,
  type APIUser,
  type ChannelFlags,
  ChannelType,
  Locale,
} from 'discord-api-types/v10';
import type { Clock } from './clock.ts';
import { CommandRegistry } from './commands.ts';
import { MessageStore, type StoredMessage } from './messages.ts';
import { SnowflakeSource } from './snowflake.ts';
import type { DirectChannel, GuildChannel, SamplePerson, World } from './world.ts';

interface StateEvents {
  messageCreate: [stored: StoredMessage];
  messageUpdate: [stored: StoredMessage];
  messageDelete: [stored: StoredMessage];
  directChannelCreate: [channel: DirectChannel];
  memberUpdate: [member: APIGuildMember];
  commandsChange: [];
  read: [userId: string, channelId: string, messageId: string];
  botStatus: [online: boolean];
}

/** The part of the world that changes and outlives the process. */
export interface SavedState {
  messages: APIMessage[];
  directChannels: DirectChannel[];
  readMarks: Record<string, Record<string, string>>;
  commands: APIApplicationCommand[];
  roleIdsByMember: Record<string, string[]>;
}

/** Everything the local Discord knows. Whoever changes it emits an event; the gateway and the web client listen. */
export class State extends EventEmitter<StateEvents> {
  readonly clock: Clock;
  readonly ids: SnowflakeSource;
  readonly application: World['application'];
  readonly guild: World['guild'];
  readonly people: readonly SamplePerson[];
  /** The person as whom the web client opens. */
  readonly openAs: string;
  readonly roles: Map<string, APIRole>;
  readonly guildChannels: Map<string, GuildChannel>;
  readonly directChannels: Map<string, DirectChannel>;
  readonly users: Map<string, APIUser>;
  readonly members: Map<string, APIGuildMember>;
  readonly messages: MessageStore;
  readonly commands: CommandRegistry;
  /** Id of the last message read, by user and channel. */
  readonly readMarks = new Map<string, Map<string, string>>();
  readonly closedDmUserIds: Set<string>;

  constructor(world: World, clock: Clock, messagesPerChannel: number) {
    super({ captureRejections: false });
    this.clock = clock;
    this.ids = new SnowflakeSource(() => clock.now());
    this.application = world.application;
    this.guild = world.guild;
    this.people = world.people;
    this.openAs = world.openAs;
    this.roles = new Map(world.roles.map((role) => [role.id, role]));
    this.guildChannels = new Map(world.channels.map((channel) => [channel.id, channel]));
    this.directChannels = new Map(world.directChannels.map((channel) => [channel.id, channel]));
    this.users = new Map([world.application.bot, ...world.users].map((user) => [user.id, user]));
    this.members = new Map(world.members.map((member) => [member.user.id, member]));
    for (const [userId, marks] of Object.entries(world.readMarks))
      this.readMarks.set(userId, new Map(Object.entries(marks)));
    this.closedDmUserIds = new Set(world.closedDmUserIds);
    this.messages = new MessageStore(messagesPerChannel);
    for (const message of world.messages) this.messages.put({ message, visibleTo: null });
    this.commands = new CommandRegistry(this);
    this.setMaxListeners(0);
  }

  get botId(): string {
    return this.application.bot.id;
  }

  /** The bot's user with what only itself gets to know. */
  describeBot(): APIUser {
    return { ...this.application.bot, verified: true, mfa_enabled: true, email: null, locale: Locale.EnglishUS };
  }

  isDirect(channelId: string): boolean {
    return this.directChannels.has(channelId);
  }

  /** The conversation of two users, opened if there was none. */
  directChannelOf(userId: string, otherId: string): DirectChannel {
    for (const channel of this.directChannels.values()) {
      if (channel.userIds.includes(userId) && channel.userIds.includes(otherId) && userId !== otherId) return channel;
    }
    const channel: DirectChannel = { id: this.ids.next(), userIds: [userId, otherId] };
    this.directChannels.set(channel.id, channel);
    this.emit('directChannelCreate', channel);
    return channel;
  }

  /** A channel as Discord describes it to `viewerId`: a direct one shows the other person. */
  describeChannel(channelId: string, viewerId: string): APIChannel | undefined {
    const direct = this.directChannels.get(channelId);
    if (direct === undefined) return this.guildChannels.get(channelId);
    return {
      id: direct.id,
      type: ChannelType.DM,
      name: null,
      flags: 0 as ChannelFlags,
      last_message_id: this.messages.in(channelId).at(-1)?.message.id ?? null,
      recipients: direct.userIds.filter((id) => id !== viewerId).flatMap((id) => this.users.get(id) ?? []),
    };
  }

  addMessage(message: APIMessage, visibleTo: string | null = null): StoredMessage {
    const stored = { message, visibleTo };
    this.messages.put(stored);
    this.emit('messageCreate', stored);
    return stored;
  }

  /** Replaces what a message says; a message that has been forgotten meanwhile stays forgotten. */
  updateMessage(stored: StoredMessage, message: APIMessage): void {
    stored.message = message;
    this.emit('messageUpdate', stored);
  }

  deleteMessage(stored: StoredMessage): void {
    this.messages.delete(stored.message.channel_id, stored.message.id);
    stored.deleted = true;
    this.emit('messageDelete', stored);
  }

  setMemberRoles(userId: string, roleIds: string[]): void {
    const member = this.members.get(userId);
    if (member === undefined) return;
    const changed = { ...member, roles: roleIds };
    this.members.set(userId, changed);
    this.emit('memberUpdate', changed);
  }

  markRead(userId: string, channelId: string, messageId: string): void {
    const marks = this.readMarks.get(userId) ?? new Map<string, string>();
    this.readMarks.set(userId, marks.set(channelId, messageId));
    this.emit('read', userId, channelId, messageId);
  }

  /** What to keep. Ephemeral messages die with the process. */
  save(): SavedState {
    return {
      messages: this.messages.lasting(),
      directChannels: [...this.directChannels.values()],
      readMarks: Object.fromEntries([...this.readMarks].map(([userId, marks]) => [userId, Object.fromEntries(marks)])),
      commands: this.commands.all(),
      roleIdsByMember: Object.fromEntries([...this.members].map(([userId, { roles }]) => [userId, roles])),
    };
  }

  /** Continues where an earlier process left off; whatever the world began with gives way. */
  restore(saved: SavedState): void {
    this.messages.clear();
    for (const message of saved.messages) this.messages.put({ message, visibleTo: null });
    for (const channel of saved.directChannels) this.directChannels.set(channel.id, channel);
    for (const [userId, marks] of Object.entries(saved.readMarks))
      this.readMarks.set(userId, new Map(Object.entries(marks)));
    this.commands.restore(saved.commands);
    for (const [userId, roles] of Object.entries(saved.roleIdsByMember)) {
      const member = this.members.get(userId);
      if (member !== undefined) this.members.set(userId, { ...member, roles });
    }
  }
}
