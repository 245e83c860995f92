import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { UploadedFile } from '../attachments.ts';
import type { Clock } from '../clock.ts';
import { DiscordError, refusal } from '../errors.ts';
import type { Fault, Faults } from '../faults.ts';
import { BoundedList, type JournalEntry, type Violation } from '../journal.ts';
import type { BodyKind } from '../strict/schemas.ts';
import { parseJson, readBody } from './body.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Match, type RestReply, type Route, Router } from './router.ts';

const JOURNAL_LIMIT = 5_000;

/** Refusals that befall a faultless bot, too: people close their DMs, leave, and delete messages. */
const ORDINARY_REFUSALS: readonly number[] = [
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
];

export interface ApiOptions {
  routes: readonly Route[];
  token: string;
  clock: Clock;
  faults: Faults;
  rateLimits: RateLimits | null;
  /** Checks a body against Discord's schema of that kind; throws `Invalid Form Body`. Null checks nothing. */
  checkBody: ((kind: BodyKind, body: unknown, files: readonly UploadedFile[]) => void) | null;
  /** Told of each request that a faultless bot would not have made. */
  onViolation?: ((violation: Violation) => void) | undefined;
  /** Whether this 40060 was provoked by delivering one interaction more than once. */
  wasDeliveredTwice: (path: string) => boolean;
}

/** REST version 10: finds the route, keeps the rules that all routes share, and writes the journal. */
export class Api {
  readonly journal = new BoundedList<JournalEntry>(JOURNAL_LIMIT);
  readonly violations = new BoundedList<Violation>(JOURNAL_LIMIT);
  readonly #options: ApiOptions;
  readonly #router: Router;

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#router = new Router(options.routes);
  }

  /** @param target path and query behind `/api`, with or without a version. */
  async handle(request: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
    const method = request.method ?? 'GET';
    const queryAt = target.indexOf('?');
    const path = (queryAt < 0 ? target : target.slice(0, queryAt)).replace(/^\/v\d+(?=\/)/, '');
    const query = new URLSearchParams(queryAt < 0 ? '' : target.slice(queryAt));
    const found = this.#router.match(method, path);
    const match = found === 'method' ? null : found;
    const name = match?.route.path ?? path;

    let text = '';
    let reply: RestReply;
    const fault = this.#options.faults.take(method, name);
    try {
      const body = await readBody(request);
      text = body.text;
      if (fault !== null && (await this.#befall(fault, request, response))) {
        this.#record(method, name, path, 0, text);
        return;
      }
      const exceeded = match === null ? null : (this.#options.rateLimits?.spend(match, response) ?? null);
      if (exceeded !== null) {
        this.#record(method, name, path, 429, text);
        this.#violate(method, name, 0, 'You are being rate limited.', []);
        sendRateLimited(response, exceeded.retryAfterSeconds, exceeded.global);
        return;
      }
      reply = this.#answer(request, found, query, text, body.files);
    } catch (error) {
      reply = this.#refuse(method, name, path, error);
    }
    this.#record(method, name, path, reply.status, text);
    if (fault !== null && this.#loseAnswer(fault, request, response)) return;
    send(response, reply);
  }

  #answer(
    request: IncomingMessage,
    found: Match | 'method' | null,
    query: URLSearchParams,
    text: string,
    files: UploadedFile[],
  ): RestReply {
    const { token, checkBody } = this.#options;
    if (found === null) throw refusal('notFound');
    if (found === 'method') throw refusal('methodNotAllowed');
    const { route, params } = found;
    if (!route.open && request.headers.authorization !== `Bot ${token}`) throw refusal('unauthorized');
    const body = parseJson(text);
    if (route.bodyKind !== null) checkBody?.(route.bodyKind, body, files);
    return route.handle({ params, query, body: body ?? {}, files });
  }

  /** Faults before anything is done. Returns whether the request has thereby been answered. */
  async #befall(fault: Fault, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    switch (fault.kind) {
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref());
        return false;
      case 'rate-limit':
        sendRateLimited(response, fault.retryAfterSeconds, fault.global ?? false);
        return true;
      default:
        return fault.afterActing ? false : fail(fault, request, response);
    }
  }

  #loseAnswer(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
    if (fault.kind === 'slow' || fault.kind === 'rate-limit') return false;
    return fail(fault, request, response);
  }

  #refuse(method: string, route: string, path: string, error: unknown): RestReply {
    if (!(error instanceof DiscordError)) throw error;
    const { code, message, status, issues } = error;
    const isTwice =
      code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged && this.#options.wasDeliveredTwice(path);
    if (!ORDINARY_REFUSALS.includes(code) && !isTwice) {
      const details = issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      this.#violate(method, route, code, message, details);
    }
    return { status, body: error };
  }

  #violate(method: string, route: string, code: number, message: string, details: string[]): void {
    const violation = { method, route, code, message, details, at: this.#options.clock.now() };
    this.violations.push(violation);
    this.#options.onViolation?.(violation);
  }

  #record(method: string, route: string, path: string, status: number, text: string): void {
    const at = this.#options.clock.now();
    this.journal.push({
      method,
      route,
      path,
      status,
      at,
      // Parsed when asked for: a load run never asks.
      get body() {
        return text === '' ? null : (JSON.parse(text) as unknown);
      },
    });
  }
}

function fail(
  fault: Fault & { kind: 'server-error' | 'reset' },
  request: IncomingMessage,
  response: ServerResponse,
): true {
  if (fault.kind === 'reset') request.socket.destroy();
  else send(response, { status: fault.status, body: { message: `${fault.status}: Internal Server Error`, code: 0 } });
  return true;
}

function send(response: ServerResponse, { status, body }: RestReply): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  // As one string Node sends head and body in one write.
  const json = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
    .end(json);
}

/** 429 as Discord words it (https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit). */
function sendRateLimited(response: ServerResponse, retryAfterSeconds: number, global: boolean): void {
  response.setHeader('retry-after', Math.ceil(retryAfterSeconds));
  response.setHeader('x-ratelimit-scope', global ? 'global' : 'user');
  if (global) response.setHeader('x-ratelimit-global', 'true');
  const body = { message: 'You are being rate limited.', retry_after: retryAfterSeconds, global };
  send(response, { status: 429, body });
}
