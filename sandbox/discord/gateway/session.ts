import { randomBytes } from 'node:crypto';
import { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';

/** Events kept for a resume. Discord keeps more; a bot that missed so many starts anew, as it must be able to. */
const REPLAY_LIMIT = 2_000;

/** One identified bot connection, and what must be replayed to it if its socket breaks and it resumes. */
export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly intents: number;
  readonly shard: readonly [index: number, count: number];
  /** Since when it has no socket; null while it has one. */
  detachedAtMs: number | null = null;
  #socket: WebSocket | null;
  #sequence = 0;
  #missed: string[] = [];
  /** Sequence number of the first entry of `#missed`. */
  #firstKept = 1;

  constructor(socket: WebSocket, intents: number, shard: readonly [number, number]) {
    this.#socket = socket;
    this.intents = intents;
    this.shard = shard;
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  get socket(): WebSocket | null {
    return this.#socket;
  }

  /** Whether this session receives the events of a guild, or (null) those of direct conversations. */
  covers(guildId: string | null): boolean {
    const [index, count] = this.shard;
    return (guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count))) === index;
  }

  /** Sends one event, whose data is JSON already; without a socket it waits for a resume. */
  dispatch(name: string, dataJson: string): void {
    this.#sequence += 1;
    const frame = `{"op":${GatewayOpcodes.Dispatch},"t":"${name}","s":${this.#sequence},"d":${dataJson}}`;
    this.#missed.push(frame);
    if (this.#missed.length > 2 * REPLAY_LIMIT) {
      this.#missed = this.#missed.slice(REPLAY_LIMIT);
      this.#firstKept += REPLAY_LIMIT;
    }
    this.#socket?.send(frame);
  }

  send(opcode: GatewayOpcodes, data: unknown): void {
    this.#socket?.send(JSON.stringify({ op: opcode, d: data, s: null, t: null }));
  }

  detach(nowMs: number): void {
    this.#socket = null;
    this.detachedAtMs = nowMs;
  }

  /** Continues on a new socket after event `sequence`; false if those events are no longer kept. */
  resume(socket: WebSocket, sequence: number): boolean {
    if (sequence > this.#sequence || sequence < this.#firstKept - 1) return false;
    this.#socket?.terminate();
    this.#socket = socket;
    this.detachedAtMs = null;
    for (const frame of this.#missed.slice(sequence - this.#firstKept + 1)) socket.send(frame);
    this.dispatch('RESUMED', '{}');
    return true;
  }
}
