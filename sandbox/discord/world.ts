import type {
  APIGuildCategoryChannel,
  APIGuildMember,
  APIMessage,
  APIRole,
  APITextChannel,
  APIUser,
} from 'discord-api-types/v10';

export type GuildChannel = APITextChannel | APIGuildCategoryChannel;

/** A direct conversation of two people, one of whom may be the bot. */
export interface DirectChannel {
  id: string;
  userIds: readonly [string, string];
}

/** A person whom the sandbox's dock offers; see `Person` of the protocol. */
export interface SamplePerson {
  userId: string;
  about: string;
  key: string;
}

/** What a local Discord starts with: one application with its bot, one guild, and the people around it. */
export interface World {
  application: { id: string; name: string; bot: APIUser };
  guild: { id: string; name: string; ownerId: string };
  /** The first one is @everyone and has the guild's id. */
  roles: APIRole[];
  channels: GuildChannel[];
  users: APIUser[];
  members: APIGuildMember[];
  people: SamplePerson[];
  /** The user as whom the web client opens. */
  openAs: string;
  directChannels: DirectChannel[];
  /** Whatever was said before, oldest first. */
  messages: APIMessage[];
  /** Id of the last message read, by user and channel; who is not named has read nothing. */
  readMarks: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Users who accept no direct messages from the bot. */
  closedDmUserIds: string[];
}
