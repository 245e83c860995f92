import { once } from 'node:events';
import { type APIInteraction, GatewayOpcodes, InteractionResponseType } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import type { LocalDiscord } from '../../sandbox/discord/server.ts';

export interface GatewayFrame {
  op: GatewayOpcodes;
  t: string | null;
  s: number | null;
  d: unknown;
}

export interface RestAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A bot without a library, to say to the local Discord exactly what a test wants said. */
export class RawBot {
  readonly frames: GatewayFrame[] = [];
  readonly #discord: LocalDiscord;
  readonly #socket: WebSocket;
  #wake: (() => void)[] = [];
  #taken = 0;

  private constructor(discord: LocalDiscord, socket: WebSocket) {
    this.#discord = discord;
    this.#socket = socket;
    socket.on('message', (raw) => {
      this.frames.push(JSON.parse(raw.toString()) as GatewayFrame);
      for (const wake of this.#wake.splice(0)) wake();
    });
  }

  /** Opens a gateway connection that has not said who it is. */
  static async open(discord: LocalDiscord): Promise<RawBot> {
    const socket = new WebSocket(`${discord.origin.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    const bot = new RawBot(discord, socket);
    await once(socket, 'open');
    return bot;
  }

  /** Opens one and identifies it. */
  static async connect(discord: LocalDiscord): Promise<RawBot> {
    const bot = await RawBot.open(discord);
    bot.send(GatewayOpcodes.Identify, { token: discord.token, intents: 1, properties: {} });
    await bot.frame(({ t }) => t === 'GUILD_CREATE');
    return bot;
  }

  send(op: GatewayOpcodes, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d }));
  }

  /** Resolves with the code with which Discord closes this connection. */
  async closed(): Promise<number> {
    const [code] = (await once(this.#socket, 'close')) as [number];
    return code;
  }

  close(code?: number): void {
    this.#socket.close(code);
  }

  /** The first frame that meets a condition, waiting for it if need be. */
  async frame(condition: (frame: GatewayFrame) => boolean): Promise<GatewayFrame> {
    for (;;) {
      const found = this.frames.find(condition);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  /** The next interaction that nobody has taken yet. */
  async interaction(): Promise<APIInteraction> {
    const number = this.#taken;
    this.#taken += 1;
    await this.frame(() => this.interactions().length > number);
    const interaction = this.interactions()[number];
    if (interaction === undefined) throw new Error('The interaction has vanished.');
    return interaction;
  }

  interactions(): APIInteraction[] {
    return this.frames.filter(({ t }) => t === 'INTERACTION_CREATE').map(({ d }) => d as APIInteraction);
  }

  async rest(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<RestAnswer> {
    const response = await fetch(`${this.#discord.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${this.#discord.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  callback({ id, token }: APIInteraction, type: InteractionResponseType, data?: unknown): Promise<RestAnswer> {
    return this.rest('POST', `/interactions/${id}/${token}/callback`, {
      type,
      ...(data === undefined ? {} : { data }),
    });
  }

  editOriginal({ token }: APIInteraction, body: unknown): Promise<RestAnswer> {
    return this.rest('PATCH', `/webhooks/${this.#discord.applicationId}/${token}/messages/@original`, body);
  }

  followUp({ token }: APIInteraction, body: unknown): Promise<RestAnswer> {
    return this.rest('POST', `/webhooks/${this.#discord.applicationId}/${token}`, body);
  }

  /** Registers guild commands. */
  register(...commands: object[]): Promise<RestAnswer> {
    const { applicationId, guildId } = this.#discord;
    return this.rest('PUT', `/applications/${applicationId}/guilds/${guildId}/commands`, commands);
  }

  /** Answers the next interaction with a message. */
  async answer(data: unknown): Promise<RestAnswer> {
    return this.callback(await this.interaction(), InteractionResponseType.ChannelMessageWithSource, data);
  }
}

export const PING = { name: 'ping', description: 'Answers' };
