import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AttachmentStore } from './attachments.ts';
import { Clock } from './clock.ts';
import { Faults } from './faults.ts';
import { type DeliverTo, Gateway } from './gateway/gateway.ts';
import { isFromHere } from './host-guard.ts';
import { Interactions } from './interactions.ts';
import type { JournalEntry, Violation } from './journal.ts';
import { MessageBuilder } from './message-builder.ts';
import type { StoredMessage } from './messages.ts';
import { Person } from './person/person.ts';
import { Responses } from './responses.ts';
import { Api } from './rest/api.ts';
import { applicationRoutes } from './rest/application-routes.ts';
import { channelRoutes } from './rest/channel-routes.ts';
import { gatewayRoutes } from './rest/gateway-routes.ts';
import { guildRoutes } from './rest/guild-routes.ts';
import { interactionRoutes } from './rest/interaction-routes.ts';
import { userRoutes } from './rest/user-routes.ts';
import { State } from './state.ts';
import { noCommandRules } from './strict/command-rules.ts';
import { noMessageRules } from './strict/message-rules.ts';
import type { World } from './world.ts';

export interface LocalDiscordOptions {
  world: World;
  /** 0 takes any free port. */
  port?: number;
  /** Whether requests are checked as strictly as Discord checks them; off for load. */
  checkSchemas?: boolean;
  messagesPerChannel?: number;
}

/** A Discord of one's own on loopback: REST and gateway for the bot, and people to use it. */
export class LocalDiscord {
  readonly token: string;
  readonly clock = new Clock();
  readonly state: State;
  readonly faults: Faults;
  readonly #server: Server;
  readonly #gateway: Gateway;
  readonly #api: Api;
  readonly #interactions: Interactions;
  readonly #attachments: AttachmentStore;
  readonly #builder: MessageBuilder;
  #port = 0;

  constructor({ world, checkSchemas = true, messagesPerChannel = 500 }: LocalDiscordOptions) {
    this.token = `${Buffer.from(world.application.id).toString('base64url')}.local.${randomBytes(24).toString('base64url')}`;
    this.state = new State(world, this.clock, messagesPerChannel);
    this.#attachments = new AttachmentStore(null);
    this.#gateway = new Gateway(this.state, this.token, () => {});
    this.faults = new Faults(this.#gateway);
    this.#interactions = new Interactions(this.state, (payload, guildId) =>
      this.#gateway.deliverInteraction(payload, guildId),
    );
    this.#builder = new MessageBuilder(this.state, this.#attachments);
    const responses = new Responses(this.state, this.#interactions, this.#builder);
    const messageRules = noMessageRules;
    this.#api = new Api({
      token: this.token,
      clock: this.clock,
      faults: this.faults,
      rateLimits: null,
      checkBody: checkSchemas ? () => {} : null,
      wasDeliveredTwice: () => false,
      routes: [
        ...gatewayRoutes(this.#gateway),
        ...applicationRoutes(this.state, noCommandRules),
        ...interactionRoutes(responses, messageRules),
        ...channelRoutes(this.state, this.#builder, messageRules),
        ...guildRoutes(this.state),
        ...userRoutes(this.state),
      ],
    });
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
    this.#server.on('upgrade', (request, socket, head) => {
      if (!isFromHere(request, this.#port)) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      else if (request.url?.startsWith('/gateway')) this.#gateway.accept(request, socket, head);
      else socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    });
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
    return new Person(userId, this.state, this.#interactions, this.#builder);
  }

  /** Messages of a channel, oldest first, ephemeral ones included with whom they are for. */
  messagesIn(channelId: string): StoredMessage[] {
    return this.state.messages.in(channelId);
  }

  /** Messages of a user's direct conversation with the bot, oldest first. */
  dmsOf(userId: string): StoredMessage[] {
    return this.messagesIn(this.state.directChannelOf(userId, this.state.botId).id);
  }

  /** Sends an interaction to the bot once more, with the same id and token. */
  redeliver(interactionId: string): void {
    const interaction = this.#interactions.byId(interactionId);
    if (interaction === undefined) throw new Error(`There is no interaction ${interactionId}, or it is long over.`);
    this.#interactions.redeliver(interaction);
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve());
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#gateway.url = `ws://127.0.0.1:${this.#port}/gateway`;
    this.#attachments.origin = this.origin;
  }

  async stop(): Promise<void> {
    this.#interactions.stop();
    this.#gateway.stop();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    if (!isFromHere(request, this.#port)) return void response.writeHead(403).end();
    const url = request.url ?? '/';
    if (url.startsWith('/api/')) {
      this.#api.handle(request, response, url.slice('/api'.length)).catch((error: unknown) => {
        console.error('The local Discord failed', request.method, url, error);
        response.writeHead(500).end();
      });
      return;
    }
    if (url.startsWith('/attachments/')) this.#serveAttachment(url, response);
    else response.writeHead(404).end();
  }

  #serveAttachment(url: string, response: ServerResponse): void {
    const data = this.#attachments.read(url.split('/')[3] ?? '');
    if (data === undefined) response.writeHead(404).end();
    // Never shown as a page of this origin, whatever a bot has uploaded.
    else
      response
        .writeHead(200, { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' })
        .end(data);
  }
}

export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  const discord = new LocalDiscord(options);
  await discord.listen(options.port ?? 0);
  return discord;
}
