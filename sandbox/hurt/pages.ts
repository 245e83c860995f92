import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pages } from '../discord/server.ts';
import type { Hurts } from './hurts.ts';
import type { BooksView, DrawerView } from './protocol.ts';

/** Where all of it is served. */
export const HURT_PATH = '/hurt';

const READ_EVERY_MS = 500;

/**
 * Serves the drawer: an event stream of all that it shows, and its buttons. The books are read only while somebody looks.
 * @param readBooks null where there are no two to compare
 */
export function hurtPages(hurts: Hurts, readBooks: (() => Promise<BooksView>) | null): Pages {
  const stream = new DrawerStream(hurts, readBooks);
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (path === HURT_PATH && request.method === 'GET') {
      stream.open(response);
      return true;
    }
    const id = path.startsWith(`${HURT_PATH}/`) ? path.slice(HURT_PATH.length + 1) : '';
    if (!hurts.has(id)) return false;
    answer(request, response, { POST: () => hurts.press(id), DELETE: () => hurts.takeBack(id) });
    return true;
  };
}

function answer(request: IncomingMessage, response: ServerResponse, acts: Readonly<Record<string, () => void>>): void {
  const act = acts[request.method ?? ''];
  act?.();
  response.writeHead(act ? 204 : 405).end();
}

/** Tells everybody who looks what has changed. */
class DrawerStream {
  readonly #hurts: Hurts;
  readonly #readBooks: (() => Promise<BooksView>) | null;
  readonly #responses = new Set<ServerResponse>();
  #books: BooksView | null = null;
  #lastSaid = '';
  #reading = false;

  constructor(hurts: Hurts, readBooks: (() => Promise<BooksView>) | null) {
    this.#hurts = hurts;
    this.#readBooks = readBooks;
    hurts.on('change', () => this.#say());
  }

  open(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.#responses.add(response);
    response.on('close', () => this.#responses.delete(response));
    response.write(this.#event());
    if (this.#readBooks && !this.#reading) void this.#readWhileWatched(this.#readBooks);
  }

  async #readWhileWatched(readBooks: () => Promise<BooksView>): Promise<void> {
    this.#reading = true;
    while (this.#responses.size > 0) {
      // While the database is away, what was read last stays.
      this.#books = await readBooks().catch(() => this.#books);
      this.#say();
      await new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS).unref());
    }
    this.#reading = false;
  }

  #say(): void {
    const event = this.#event();
    if (event === this.#lastSaid) return;
    this.#lastSaid = event;
    for (const response of this.#responses) response.write(event);
  }

  #event(): string {
    const view: DrawerView = { hurts: this.#hurts.views, books: this.#books };
    return `data: ${JSON.stringify(view)}\n\n`;
  }
}
