import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { APIMessage } from 'discord-api-types/v10';
import { AttachmentStore } from './attachments.ts';
import { ClientHub } from './client/hub.ts';
import { Clock } from './clock.ts';
import { Faults } from './faults.ts';
import { type DeliverTo, Gateway } from './gateway/gateway.ts';
import { hostGuard } from './host-guard.ts';
import { Interactions } from './interactions.ts';
import type { JournalEntry, Violation } from './journal.ts';
import { type MessageBody, MessageBuilder } from './message-builder.ts';
import type { StoredMessage } from './messages.ts';
import type { ActionParts } from './person/actions.ts';
import { Person } from './person/person.ts';
import { Responses } from './responses.ts';
import { Api } from './rest/api.ts';
import { applicationRoutes } from './rest/application-routes.ts';
import { channelRoutes } from './rest/channel-routes.ts';
import { gatewayRoutes } from './rest/gateway-routes.ts';
import { guildRoutes } from './rest/guild-routes.ts';
import { interactionRoutes } from './rest/interaction-routes.ts';
import { RateLimits } from './rest/rate-limits.ts';
import type { Route } from './rest/router.ts';
import { userRoutes } from './rest/user-routes.ts';
import { SaveFile } from './save-file.ts';
import { snowflakeAt } from './snowflake.ts';
import { State } from './state.ts';
import { noCommandRules, strictCommandRules } from './strict/command-rules.ts';
import { noMessageRules, strictMessageRules } from './strict/message-rules.ts';
import { checkBody } from './strict/schemas.ts';
import type { World } from './world.ts';

/** Answers what is not the local Discord's own, such as the web client's page; returns whether it did. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface LocalDiscordOptions {
  world: World;
  /** 0 takes any free port. */
  port?: number;
  /** Whether requests are checked as strictly as Discord checks them; off for load. */
  checkSchemas?: boolean;
  /** Whether requests are counted and, beyond Discord's limits, refused; off for load. */
  limitRates?: boolean;
  /** Where the world outlives the process; without it nothing is kept. */
  dataFile?: string;
  /** How many messages a channel remembers. */
  messagesPerChannel?: number;
  pages?: Pages;
  /** Told of each request that a faultless bot would not have made, as it comes. */
  onViolation?: (violation: Violation) => void;
}

/** A Discord of one's own on loopback: REST and gateway for the bot, and people to use it. */
export class LocalDiscord {
  readonly token: string;
  readonly clock = new Clock();
  readonly state: State;
  readonly faults: Faults;
  readonly #gateway: Gateway;
  readonly #interactions: Interactions;
  readonly #attachments: AttachmentStore;
  readonly #parts: ActionParts;
  readonly #clients: ClientHub;
  readonly #api: Api;
  readonly #pages: Pages;
  readonly #saveFile: SaveFile | null;
  readonly #server: Server;
  #port = 0;
  #isFromHere = hostGuard(0);

  constructor(options: LocalDiscordOptions) {
    const { world, checkSchemas = true, limitRates = true, dataFile, messagesPerChannel = 500 } = options;
    this.token = `${Buffer.from(world.application.id).toString('base64url')}.local.${randomBytes(24).toString('base64url')}`;
    this.#pages = options.pages ?? (() => false);
    this.state = new State(world, this.clock, messagesPerChannel);
    this.#saveFile = dataFile === undefined ? null : new SaveFile(dataFile, this.state);
    this.#attachments = new AttachmentStore(dataFile === undefined ? null : `${dataFile}.attachments`);
    this.#gateway = new Gateway(this.state, this.token);
    this.#interactions = new Interactions(
      this.state,
      (payload, guildId) => this.#gateway.deliverInteraction(payload, guildId),
      () => this.#gateway.receiverCount,
    );
    this.faults = new Faults(this.#gateway, this.#interactions);
    const builder = new MessageBuilder(this.state, this.#attachments);
    this.#parts = { state: this.state, interactions: this.#interactions, builder, attachments: this.#attachments };
    this.#clients = new ClientHub(this.#parts, () => this.connections > 0);
    this.#api = new Api({
      token: this.token,
      clock: this.clock,
      faults: this.faults,
      rateLimits: limitRates ? new RateLimits(this.clock) : null,
      checkBody: checkSchemas ? checkBody : null,
      onViolation: options.onViolation,
      wasDeliveredTwice: (path) => this.#interactions.wasDeliveredTwice(path.split('/')[2] ?? ''),
      routes: this.#routes(checkSchemas),
    });
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** `http://127.0.0.1:port`, where the web client lives. */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What a bot takes as Discord's REST address, without a version. */
  get apiUrl(): string {
    return `${this.origin}/api`;
  }

  get applicationId(): string {
    return this.state.application.id;
  }

  get guildId(): string {
    return this.state.guild.id;
  }

  /** Every REST request, oldest first; the newest few thousand are kept. */
  get journal(): JournalEntry[] {
    return this.#api.journal.list();
  }

  /** Requests that a faultless bot would not have made. */
  get violations(): Violation[] {
    return this.#api.violations.list();
  }

  /** How many bot connections are identified. */
  get connections(): number {
    return this.#gateway.connectionCount;
  }

  /** To which of several bot connections an event goes. */
  set deliverTo(deliverTo: DeliverTo) {
    this.#gateway.deliverTo = deliverTo;
  }

  /** The person with this user id, to act as them. */
  as(userId: string): Person {
    return new Person(userId, this.#parts);
  }

  /** Messages of a channel, oldest first, ephemeral ones included with whom they are for. */
  messagesIn(channelId: string): StoredMessage[] {
    return this.state.messages.in(channelId);
  }

  /** Messages of a user's direct conversation with the bot, oldest first. */
  dmsOf(userId: string): StoredMessage[] {
    return this.messagesIn(this.state.directChannelOf(userId, this.state.botId).id);
  }

  /** Puts a message of the bot's where it would stand had it been sent at `atMs`, and been read by everybody since. */
  addOldMessage(channelId: string, body: MessageBody, atMs: number): APIMessage {
    const { state, builder } = this.#parts;
    const when = { id: snowflakeAt(atMs), timestamp: new Date(atMs).toISOString() };
    const { message } = state.addMessage(builder.create(channelId, state.application.bot, { body, files: [] }, when));
    for (const { userId } of state.people) state.markRead(userId, channelId, message.id);
    return message;
  }

  /** Sends an interaction to the bot once more, with the same id and token. */
  redeliver(interactionId: string): void {
    const interaction = this.#interactions.byId(interactionId);
    if (interaction === undefined) throw new Error(`There is no interaction ${interactionId}, or it is long over.`);
    this.#interactions.redeliver(interaction);
  }

  /** Forgets the journal and the violations, as before the part of a test that matters. */
  clearJournal(): void {
    this.#api.journal.clear();
    this.#api.violations.clear();
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve());
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#isFromHere = hostGuard(this.#port);
    this.#gateway.url = `ws://127.0.0.1:${this.#port}/gateway`;
    this.#attachments.origin = this.origin;
    this.#saveFile?.open(this.origin);
  }

  async stop(): Promise<void> {
    this.#interactions.stop();
    this.#gateway.stop();
    this.#clients.stop();
    this.#saveFile?.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #routes(checkSchemas: boolean): Route[] {
    const { state, builder } = this.#parts;
    const messageRules = checkSchemas ? strictMessageRules : noMessageRules;
    return [
      ...gatewayRoutes(this.#gateway),
      ...applicationRoutes(state, checkSchemas ? strictCommandRules : noCommandRules),
      ...interactionRoutes(new Responses(state, this.#interactions, builder), messageRules),
      ...channelRoutes(state, builder, messageRules),
      ...guildRoutes(state),
      ...userRoutes(state),
    ];
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '/';
    if (!this.#isFromHere(request)) {
      response.writeHead(403).end();
    } else if (url.startsWith('/api/')) {
      this.#api.handle(request, response, url.slice('/api'.length)).catch((error: unknown) => {
        console.error('The local Discord failed at', request.method, url, error);
        response.writeHead(500).end();
      });
    } else if (url.startsWith('/attachments/')) {
      this.#attachments.serve(url, response);
    } else if (!this.#pages(request, response)) {
      response.writeHead(404).end();
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url?.split('?')[0];
    if (!this.#isFromHere(request)) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    else if (path === '/gateway' || path === '/gateway/') this.#gateway.accept(request, socket, head);
    else if (path === '/client') this.#clients.accept(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  }
}

export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  const discord = new LocalDiscord(options);
  try {
    await discord.listen(options.port ?? 0);
    return discord;
  } catch (error) {
    await discord.stop();
    throw error;
  }
}
