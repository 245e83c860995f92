import type { PanelDouble } from '../double.ts';
import { exception, page, Refusal, serverError } from './errors.ts';

export interface BackendAnswer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

/** No answer came. */
export class BackendUnreachable extends Error {}

/** The Pterodactyl panel behind this one, asked as this one asks it. */
export class Backend {
  readonly #panel: Pick<PanelDouble, 'url' | 'token'>;
  readonly #timeoutMs: number;

  constructor(panel: Pick<PanelDouble, 'url' | 'token'>, timeoutMs: number) {
    this.#panel = panel;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws BackendUnreachable */
  async ask(method: string, path: string, body?: Record<string, unknown>): Promise<BackendAnswer> {
    try {
      const response = await fetch(`${this.#panel.url}/api/application/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#panel.token}`,
          accept: 'Application/vnd.pterodactyl.v1+json',
          'content-type': 'application/json',
        },
        signal: AbortSignal.timeout(this.#timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, text, json: parsed(text) };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      throw new BackendUnreachable(
        isLate
          ? `cURL error 28: Operation timed out for ${this.#panel.url}/api/application/${path}`
          : `cURL error 7: Failed to connect to ${new URL(this.#panel.url).host} port ${new URL(this.#panel.url).port}: Couldn't connect to server for ${this.#panel.url}/api/application/${path}`,
      );
    }
  }

  /**
   * Suspends or unsuspends one server.
   * @throws Refusal as the panel's own client of Pterodactyl words what went wrong
   */
  async toggleServer(id: number | null, how: 'suspend' | 'unsuspend'): Promise<void> {
    const answer = await this.ask('POST', `servers/${id ?? ''}/${how}`).catch((error: unknown) => {
      if (error instanceof BackendUnreachable)
        throw page(500, `Unable to connect to Pterodactyl node - ${error.message}`);
      throw error;
    });
    if (answer.status >= 400) throw failure(answer.status, `Failed to ${how} server from pterodactyl - `);
  }
}

/** Those with a view in the theme are pages, the others JSON. */
function failure(status: number, message: string): Refusal {
  if (status === 404) return page(404, `Resource does not exist on pterodactyl - ${message}`);
  if (status === 403)
    return page(403, `No permission on pterodactyl, check pterodactyl token and permissions - ${message}`);
  if (status === 401) return exception(401, `No pterodactyl token set - ${message}`);
  if (status === 500) return page(500, `Pterodactyl server error - ${message}`);
  if (status > 500) return exception(status, `Pterodactyl node error (HTTP ${status}) - ${message}`);
  const said = `Request Failed, is pterodactyl set-up correctly? - ${message}`;
  return new Refusal(serverError().answer, said);
}

/** How Laravel's client words an answer that is an error, of which it keeps the first 120 bytes. */
export function requestException({ status, text }: BackendAnswer): string {
  const kept = text.length > 120 ? `${text.slice(0, 120)} (truncated...)` : text;
  return `HTTP request returned status code ${status}:\n${kept}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
