import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { guildCreateData } from '../guild.ts';
import type { State } from '../state.ts';
import { forwardEvents } from './events.ts';
import { Session } from './session.ts';

const HEARTBEAT_INTERVAL_MS = 41_250;
/** How long a session waits for its bot to come back. */
const RESUMABLE_FOR_MS = 2 * 60_000;
/** Intents that an application must be granted first: https://discord.com/developers/docs/events/gateway#privileged-intents */
const PRIVILEGED_INTENTS =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

/** To which of several connections an event goes: Discord sends it to all; `one` elects the oldest. */
export type DeliverTo = 'all' | 'one';

interface GatewayPayload {
  op: GatewayOpcodes;
  d: unknown;
}

/** The bot's side of the local Discord: version 10, plain JSON (https://discord.com/developers/docs/events/gateway). */
export class Gateway {
  deliverTo: DeliverTo = 'all';
  readonly #state: State;
  readonly #token: string;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  #wasOnline = false;
  readonly #sessions = new Map<string, Session>();
  /** `ws://host:port/gateway`, known once the server listens. */
  url = '';

  constructor(state: State, token: string) {
    this.#state = state;
    this.#token = token;
    forwardEvents(state, (intent, name, data) => this.#dispatchTo(intent, name, data));
  }

  get connectionCount(): number {
    return [...this.#sessions.values()].filter(({ isConnected }) => isConnected).length;
  }

  /** How many connections get each interaction. */
  get receiverCount(): number {
    return this.deliverTo === 'one' ? 1 : this.connectionCount;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#converse(webSocket));
  }

  /** Hands an interaction to the bot; `payload` is its JSON. */
  deliverInteraction(payload: string, guildId: string | null): void {
    const sessions = [...this.#sessions.values()].filter((session) => session.covers(guildId));
    const elected =
      this.deliverTo === 'one' ? [sessions.find(({ isConnected }) => isConnected) ?? sessions[0]] : sessions;
    for (const session of elected) session?.dispatch('INTERACTION_CREATE', payload);
  }

  /** Breaks every bot socket without a word, as a lost network does. */
  dropSockets(): void {
    for (const { socket } of this.#sessions.values()) socket?.terminate();
  }

  /** Asks every bot to reconnect and resume (opcode 7). */
  askToReconnect(): void {
    for (const session of this.#sessions.values()) session.send(GatewayOpcodes.Reconnect, null);
  }

  /** Ends every session (opcode 9); a resumable one may be resumed once the bot has reconnected. */
  invalidateSessions({ resumable = false } = {}): void {
    for (const session of [...this.#sessions.values()]) {
      session.send(GatewayOpcodes.InvalidSession, resumable);
      if (!resumable) this.#sessions.delete(session.id);
    }
  }

  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #converse(socket: WebSocket): void {
    let session: Session | null = null;
    const setSession = (next: Session | null): void => {
      session = next;
    };
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      if (session === null || session.socket !== socket) return;
      session.detach(this.#state.clock.now());
      // A bot that closes with 1000 or 1001 gives its session up; any other end can be resumed.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      this.#reportStatus();
    });
    socket.on('message', (raw) => {
      const payload = parse(raw);
      if (payload === null) socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      else this.#receive(socket, session, payload, setSession);
    });
    reply(socket, GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT_INTERVAL_MS, _trace: ['["local-discord"]'] });
  }

  #receive(
    socket: WebSocket,
    session: Session | null,
    payload: GatewayPayload,
    setSession: (next: Session) => void,
  ): void {
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        reply(socket, GatewayOpcodes.HeartbeatAck, null);
        return;
      case GatewayOpcodes.Identify:
        if (session !== null) socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
        else this.#identify(socket, payload.d as IdentifyData, setSession);
        return;
      case GatewayOpcodes.Resume:
        if (session !== null) socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
        else this.#resume(socket, payload.d as ResumeData, setSession);
        return;
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
        if (session === null) socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        return;
      case GatewayOpcodes.RequestGuildMembers:
        if (session === null) socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        else this.#sendMembers(session, payload.d as MembersQuery);
        return;
      default:
        socket.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    }
  }

  #identify(socket: WebSocket, data: IdentifyData, setSession: (next: Session) => void): void {
    const [index, count] = data.shard ?? [0, 1];
    if (!this.#isAuthentic(data.token)) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    } else if (typeof data.intents !== 'number') {
      socket.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
    } else if ((data.intents & PRIVILEGED_INTENTS) !== 0) {
      socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
    } else if (index < 0 || index >= count) {
      socket.close(GatewayCloseCodes.InvalidShard, 'Invalid shard.');
    } else {
      const session = new Session(socket, data.intents, [index, count]);
      setSession(session);
      this.#welcome(session);
    }
  }

  #welcome(session: Session): void {
    this.#forgetAbandoned();
    this.#sessions.set(session.id, session);
    session.dispatch('READY', JSON.stringify(this.#readyData(session)));
    if ((session.intents & GatewayIntentBits.Guilds) !== 0 && session.covers(this.#state.guild.id)) {
      session.dispatch('GUILD_CREATE', JSON.stringify(guildCreateData(this.#state)));
    }
    this.#reportStatus();
  }

  #forgetAbandoned(): void {
    const sinceMs = this.#state.clock.now() - RESUMABLE_FOR_MS;
    for (const [id, { detachedAtMs }] of this.#sessions) {
      if (detachedAtMs !== null && detachedAtMs < sinceMs) this.#sessions.delete(id);
    }
  }

  #resume(socket: WebSocket, data: ResumeData, setSession: (next: Session) => void): void {
    this.#forgetAbandoned();
    const session = this.#sessions.get(data.session_id);
    if (!this.#isAuthentic(data.token)) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    } else if (session === undefined || !session.resume(socket, data.seq)) {
      reply(socket, GatewayOpcodes.InvalidSession, false);
    } else {
      setSession(session);
      this.#reportStatus();
    }
  }

  #isAuthentic(token: string | undefined): boolean {
    return token?.replace(/^Bot /, '') === this.#token;
  }

  #readyData(session: Session): object {
    return {
      v: 10,
      user: this.#state.describeBot(),
      guilds: [{ id: this.#state.guild.id, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: this.url,
      shard: session.shard,
      application: { id: this.#state.application.id, flags: 0 },
      private_channels: [],
      user_settings: {},
      relationships: [],
      _trace: [],
    };
  }

  #reportStatus(): void {
    const isOnline = this.connectionCount > 0;
    if (isOnline !== this.#wasOnline) this.#state.emit('botStatus', isOnline);
    this.#wasOnline = isOnline;
  }

  #sendMembers(session: Session, { query, user_ids: ids, limit, nonce }: MembersQuery): void {
    const wanted = ids === undefined ? null : new Set([ids].flat());
    const members = [...this.#state.members.values()]
      .filter(({ user }) => wanted?.has(user.id) ?? user.username.startsWith(query ?? ''))
      .slice(0, limit || undefined);
    const chunk = { guild_id: this.#state.guild.id, members, chunk_index: 0, chunk_count: 1, not_found: [], nonce };
    session.dispatch('GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
  }

  #dispatchTo(intent: GatewayIntentBits, name: string, data: object): void {
    let json: string | null = null;
    for (const session of this.#sessions.values()) {
      if ((session.intents & intent) === 0) continue;
      json ??= JSON.stringify(data);
      session.dispatch(name, json);
    }
  }
}

interface IdentifyData {
  token?: string;
  intents?: number;
  shard?: [number, number];
}

interface ResumeData {
  token?: string;
  session_id: string;
  seq: number;
}

interface MembersQuery {
  query?: string;
  user_ids?: string | string[];
  limit?: number;
  nonce?: string;
}

function parse(raw: RawData): GatewayPayload | null {
  try {
    const payload: unknown = JSON.parse(raw.toString());
    return typeof payload === 'object' && payload !== null && 'op' in payload ? (payload as GatewayPayload) : null;
  } catch {
    return null;
  }
}

function reply(socket: WebSocket, opcode: GatewayOpcodes, data: unknown): void {
  socket.send(JSON.stringify({ op: opcode, d: data, s: null, t: null }));
}
