/** What the doubles of panels share: local HTTP servers that behave as the panels do, with a journal, and faults to order. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Answer, html, send } from './wire/answer.ts';
import { type DoubleFault, type FaultMatch, Faults } from './wire/faults.ts';
import { type DoubleRequest, readRequest } from './wire/request.ts';

export type { DoubleFault } from './wire/faults.ts';

export interface DoubleOptions {
  /** The path it is served under, such as `/panel`; the root by default. */
  readonly basePath?: string;
  /** Any free one by default. */
  readonly port?: number;
  readonly now?: () => Date;
  /** What another double of the same panel had, to go on from. */
  readonly saved?: Uint8Array;
}

/** One effect on the panel's data. */
export interface DoubleEntry {
  readonly at: Date;
  /** Such as `user.create` or `server.suspend`. */
  readonly action: string;
  readonly accountId: string | null;
  /** By how much a balance moved, in the panel's smallest unit; null where none did. */
  readonly deltaMinor: bigint | null;
  readonly detail: Record<string, unknown>;
}

export interface RequestEntry {
  readonly method: string;
  /** Without the base path, with the query. */
  readonly path: string;
  /** 0 until a whole answer was sent, and for ever where none was. */
  readonly status: number;
  readonly at: Date;
}

export interface PanelDouble {
  /** Where it is reached, with its base path and without a slash at the end. */
  readonly url: string;
  /** A key with all rights. */
  readonly token: string;
  /** Every effect on accounts, servers and vouchers, oldest first. */
  readonly journal: readonly DoubleEntry[];
  /** Every request that reached it, oldest first, the ones that went wrong among them. */
  readonly requests: readonly RequestEntry[];
  /**
   * Lets the next request that matches go wrong. Several queue up. The path is matched with and without its query.
   *
   * @returns whether there has been such a request by now
   */
  failNext(match: FaultMatch, fault: DoubleFault): () => boolean;
  /** Closes its port, so that connections are refused, until it comes back on the same one with the same data. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  /** All that the panel holds now, but for its requests. */
  save(): Uint8Array;
  stop(): Promise<void>;
}

export type Handle = (request: DoubleRequest) => Answer | Promise<Answer>;

export type DoubleServer = Omit<PanelDouble, 'token' | 'journal' | 'save'>;

/** Serves what `handle` answers, on the loopback address only. */
export async function startDouble(handle: Handle, options: DoubleOptions = {}): Promise<DoubleServer> {
  const { basePath = '', now = () => new Date() } = options;
  const requests: { method: string; path: string; status: number; at: Date }[] = [];
  const faults = new Faults();
  const open = new Set<Socket>();

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, basePath, now());
    if (request === null) return send(response, html(404, 'Not Found'));
    const entry = { method: request.method, path: request.path + request.search, status: 0, at: request.at };
    requests.push(entry);
    const handled = async () => handle(request);
    entry.status = await faults.deliver(request, handled, incoming, response);
  }

  function listener(incoming: IncomingMessage, response: ServerResponse): void {
    answer(incoming, response).catch((error: unknown) => {
      // A double that breaks is to be seen, not to be taken for a panel's error.
      console.error('a panel double has failed', incoming.method, incoming.url, error);
      response.destroy();
    });
  }

  let server = await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;

  async function listen(onPort: number): Promise<Server> {
    const made = createServer(listener);
    made.on('connection', (socket) => open.add(socket.on('close', () => open.delete(socket))));
    made.listen(onPort, '127.0.0.1');
    await once(made, 'listening');
    return made;
  }

  async function close(): Promise<void> {
    for (const socket of open) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  }

  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    requests,
    failNext: (match, fault) => faults.add(match, fault),
    goDown: close,
    async comeBack() {
      if (!server.listening) server = await listen(port);
    },
    stop: close,
  };
}
