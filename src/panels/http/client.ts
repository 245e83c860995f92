import ky from 'ky';
import { type Call, type JsonValue, PanelError, type Rate } from '../panel.ts';
import { createPace } from './pace.ts';

export interface HttpClientOptions {
  /** Where the API is, with its path. */
  readonly baseUrl: string;
  /** What goes with every request: the token, and what is accepted. They never stand in an error or a log. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the base, made by {@link path}. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whatever the panel answered, redirects included, which are not followed. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

export interface HttpClient {
  readonly rate: Rate;
  /**
   * Waits for its turn and sends one request. A read that was cut off is sent once more; a write never is. A 429 lets everything wait for as
   * long as it says, else for a minute.
   *
   * @throws PanelError `timeout`, `unreachable`, `rate_limited`, or `malformed` for one that is too large, when no whole answer came: with
   * effect `none` for a read and for what was surely not sent, else `unknown`
   */
  send(call: Call, request: HttpRequest): Promise<HttpAnswer>;
}

/**
 * A path below the base address, each value as one segment of it.
 *
 * @throws PanelError `rejected`, effect `none`, for a value that is no segment, or one that leads up
 */
export function path(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const isSegment = (value: string) => value.isWellFormed() && !/^\.{0,2}$/.test(value);
  if (!values.every(isSegment)) throw new PanelError('rejected', 'none', 'a value that cannot stand in a path');
  return String.raw({ raw: strings }, ...values.map(encodeURIComponent));
}

/** How long people wait for a turn, in milliseconds. Whoever waits for nobody waits for as long as it takes. */
const PATIENCE_MS = 5_000;
/** What a 429 without `Retry-After` means: the window of every panel that we know is a minute. */
const REST_MS = 60_000;
/** No answer that we ask for is as large. */
const LARGEST_ANSWER_BYTES = 32 * 1024 * 1024;

/** Where a connection did not come about, nothing was sent on it. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const pace = createPace(options.requestsPerMinute);
  const base = options.baseUrl.replace(/\/+$/, '');

  async function waitForTurn({ signal, background = false }: Call): Promise<void> {
    if (signal.aborted) throw new PanelError('timeout', 'none', 'nobody waits for this call any more');
    const patience = AbortSignal.timeout(PATIENCE_MS);
    try {
      await pace.turn({ signal: background ? signal : AbortSignal.any([signal, patience]), background });
    } catch (cause) {
      // Whoever gives up here has waited for others, not for the panel.
      throw new PanelError('rate_limited', 'none', 'the panel’s rate is used up, and no turn came in time', { cause });
    }
  }

  async function sendOnce(call: Call, request: HttpRequest): Promise<HttpAnswer> {
    await waitForTurn(call);
    const timeout = AbortSignal.timeout(options.timeoutMs);
    const { method, query, body } = request;
    try {
      const response = await ky(base + request.path, {
        method,
        headers: { ...options.headers(), ...request.headers },
        ...(query ? { searchParams: query } : {}),
        ...(body === undefined ? {} : { json: body }),
        signal: AbortSignal.any([call.signal, timeout]),
        timeout: false,
        retry: 0,
        throwHttpErrors: false,
        redirect: 'manual',
      });
      const text = await readText(response);
      return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
    } catch (cause) {
      throw errorOf(request, cause, call.signal.aborted || timeout.aborted);
    }
  }

  return {
    rate: pace,
    async send(call, request) {
      const answer = await sendOnce(call, request).catch((error: unknown) => {
        const mayRepeat = request.method === 'GET' && error instanceof CutOff;
        return mayRepeat ? sendOnce(call, request) : Promise.reject(error);
      });
      if (answer.status === 429) pace.rest(restOf(answer.headers));
      return answer;
    },
  };
}

/** The connection broke before the answer was whole. */
class CutOff extends PanelError {}

class TooLarge extends Error {}

function errorOf({ method, path: at }: HttpRequest, cause: unknown, late: boolean): PanelError {
  const effect = method === 'GET' ? 'none' : 'unknown';
  const what = `${method} ${at}`;
  if (cause instanceof TooLarge) return new PanelError('malformed', effect, `the answer to ${what} is too large`);
  if (late) return new PanelError('timeout', effect, `no whole answer to ${what} in time`);
  const code = codeOf(cause);
  if (code !== null && NOT_CONNECTED.has(code))
    return new PanelError('unreachable', 'none', `no connection for ${what}: ${code}`);
  return new CutOff('unreachable', effect, `no whole answer to ${what}: ${code ?? 'cut off'}`);
}

/** The code of the system's error at the bottom. Not the error itself: it may hold the request with its headers. */
function codeOf(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return null;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER_BYTES) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function restOf(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= 3_600 ? seconds * 1_000 : REST_MS;
}
