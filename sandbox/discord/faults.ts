import type { Gateway } from './gateway/gateway.ts';
import type { Interactions } from './interactions.ts';

/** Something that goes wrong with a REST request. `afterActing`: Discord did what was asked, only its answer is lost. */
export type Fault =
  | { kind: 'rate-limit'; retryAfterSeconds: number; global?: boolean }
  | { kind: 'server-error'; status: 500 | 502 | 503 | 504; afterActing?: boolean }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'reset'; afterActing?: boolean };

interface Order {
  method: string;
  route: string;
  fault: Fault;
  times: number;
}

/** Faults to order: what a bot must live through sooner or later. */
export class Faults {
  readonly #gateway: Gateway;
  readonly #interactions: Interactions;
  #orders: Order[] = [];

  constructor(gateway: Gateway, interactions: Interactions) {
    this.#gateway = gateway;
    this.#interactions = interactions;
  }

  /**
   * Lets the next requests of a route fail.
   * @param route the pattern as the journal shows it, such as `/channels/:channelId/messages`
   * Both may be `*` for all of them.
   */
  order(method: string, route: string, fault: Fault, { times = 1 }: { times?: number } = {}): void {
    this.#orders.push({ method, route, fault, times });
  }

  /** The fault ordered for this request, if any; it counts as delivered. */
  take(method: string, route: string): Fault | null {
    if (this.#orders.length === 0) return null;
    const matches = (ordered: string, actual: string) => ordered === '*' || ordered === actual;
    const order = this.#orders.find((one) => matches(one.method, method) && matches(one.route, route));
    if (order === undefined) return null;
    order.times -= 1;
    if (order.times <= 0) this.#orders = this.#orders.filter((one) => one !== order);
    return order.fault;
  }

  clear(): void {
    this.#orders = [];
  }

  /**
   * Delivers what people do twice, until something of it is answered by more than a form.
   * @returns what takes the order back
   */
  deliverTwice(onDone: () => void): () => void {
    return this.#interactions.deliverTwice(onDone);
  }

  /** Breaks every gateway socket without a word. */
  dropSockets(): void {
    this.#gateway.dropSockets();
  }

  /** Asks every bot to reconnect and resume. */
  askToReconnect(): void {
    this.#gateway.askToReconnect();
  }

  /** Declares every session invalid. */
  invalidateSessions(options: { resumable?: boolean } = {}): void {
    this.#gateway.invalidateSessions(options);
  }
}
