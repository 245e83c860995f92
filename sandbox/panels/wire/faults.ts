import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, html, json, send, withHeaders } from './answer.ts';
import type { DoubleRequest } from './request.ts';

/** What goes wrong with a request. `acts`: whether the panel does what was asked before it goes wrong. */
export type DoubleFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly html?: boolean;
      readonly headers?: Readonly<Record<string, string>>;
      readonly acts: boolean;
    }
  /** No answer. `late`: acts when `until` settles; without one, when whoever asked has hung up. */
  | { readonly kind: 'timeout'; readonly acts: 'never' | 'before' | 'late'; readonly until?: Promise<unknown> }
  /** The connection is reset. */
  | { readonly kind: 'reset'; readonly acts: boolean }
  /** Half an answer, then the connection is cut. */
  | { readonly kind: 'half'; readonly acts: boolean }
  /** A whole answer that means nothing. */
  | { readonly kind: 'nonsense'; readonly acts: boolean }
  /** It begins late, and then does what it always does. */
  | { readonly kind: 'slow'; readonly ms: number };

/** Which request: without a method, path or body, any. */
export interface FaultMatch {
  readonly method?: string;
  readonly path?: RegExp;
  readonly body?: RegExp;
}

/** Faults to order: each spoils one request. */
export class Faults {
  readonly #orders: { readonly match: FaultMatch; readonly fault: DoubleFault }[] = [];

  /** @returns whether it has been delivered by now */
  add(match: FaultMatch, fault: DoubleFault): () => boolean {
    const order = { match, fault };
    this.#orders.push(order);
    return () => !this.#orders.includes(order);
  }

  /**
   * Answers a request, or does to it what was ordered.
   * @returns the status of the answer that was sent whole, else 0
   */
  async deliver(
    request: DoubleRequest,
    handle: () => Promise<Answer>,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<number> {
    const fault = this.#take(request);
    switch (fault?.kind) {
      case 'status':
        if (fault.acts) await handle();
        return whole(response, spoken(fault));
      case 'timeout':
        await actInSilence(fault, handle, incoming);
        return 0;
      case 'reset':
        if (fault.acts) await handle();
        incoming.socket.resetAndDestroy();
        return 0;
      case 'half':
        cut(response, fault.acts ? await handle() : html(200, 'Half of an answer'));
        return 0;
      case 'nonsense':
        if (fault.acts) await handle();
        return whole(response, json(200, { nonsense: ['not what was asked for'] }));
      case 'slow':
        await sleep(fault.ms);
        return whole(response, await handle());
      case undefined:
        return whole(response, await handle());
    }
  }

  #take({ method, path, search, body }: DoubleRequest): DoubleFault | null {
    const isMeant = ({ match }: { match: FaultMatch }) =>
      (match.method === undefined || match.method.toUpperCase() === method) &&
      (match.path === undefined || match.path.test(path) || match.path.test(path + search)) &&
      (match.body === undefined || match.body.test(body));
    const index = this.#orders.findIndex(isMeant);
    return this.#orders.splice(index, index === -1 ? 0 : 1)[0]?.fault ?? null;
  }
}

function whole(response: ServerResponse, answer: Answer): number {
  send(response, answer);
  return answer.status;
}

function spoken(fault: Extract<DoubleFault, { kind: 'status' }>): Answer {
  const answer = fault.html
    ? html(fault.status, 'Server Error')
    : json(fault.status, fault.body ?? { message: 'Server Error' });
  return withHeaders(answer, fault.headers ?? {});
}

async function actInSilence(
  fault: Extract<DoubleFault, { kind: 'timeout' }>,
  handle: () => Promise<Answer>,
  incoming: IncomingMessage,
): Promise<void> {
  if (fault.acts === 'never') return;
  // Whether what was waited for came about or failed: the panel acts then.
  if (fault.acts === 'late') await Promise.allSettled([fault.until ?? hungUp(incoming)]);
  await handle();
}

async function hungUp({ socket }: IncomingMessage): Promise<void> {
  if (!socket.destroyed) await once(socket, 'close');
}

function cut(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) + 1 });
  response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
}
