/**
 * Discord's routes for answering interactions: callbacks, the original answer, follow-ups. They need no bot token and are outside the
 * limit of 50 requests a second, and each call of them counts in the time people wait; so they have a client of their own, without the
 * queues and buckets that the other routes need.
 *
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { APIInteractionResponse } from 'discord-api-types/v10';
import { type Dispatcher, FormData, Pool } from 'undici';
import type { ViewFile } from '../../views/view.ts';
import { DiscordError } from '../discord-error.ts';
import type { AnswerRoutes, InteractionTicket } from '../replies.ts';
import { USER_AGENT } from './user-agent.ts';

/** A person waits three seconds for the first answer, so a callback that hangs is worth one more attempt, not more. */
const CALLBACK_TIMEOUT_MS = 1_300;
const CALLBACK_ATTEMPTS = 2;
const TIMEOUT_MS = 10_000;
/** Time for the 25 MB that one message takes, up a line of 2 Mbit/s. */
const UPLOAD_TIMEOUT_MS = 120_000;
const ATTEMPTS = 4;
const CONNECTIONS = 64;

interface Call {
  /** For errors; the path has the token in it and is not shown. */
  readonly action: string;
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly body?: object;
  readonly files?: readonly ViewFile[];
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Asking twice does no harm. A follow-up would appear twice. */
  readonly repeatable: boolean;
}

export interface AnswerClient extends AnswerRoutes {
  callback(ticket: InteractionTicket, response: APIInteractionResponse, files?: readonly ViewFile[]): Promise<void>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

/** @param apiUrl Base of the API, such as `https://discord.com/api`. */
export function createAnswerClient(apiUrl: string): AnswerClient {
  const base = new URL(`${apiUrl.replace(/\/$/, '')}/v10`);
  const pool = new Pool(base.origin, { connections: CONNECTIONS, connect: { timeout: CALLBACK_TIMEOUT_MS } });
  const send = (call: Call) => sendRepeatedly(pool, { ...call, path: `${base.pathname}${call.path}` });
  const webhook = ({ applicationId, token }: InteractionTicket) => `/webhooks/${applicationId}/${token}`;
  const common = { timeoutMs: TIMEOUT_MS, attempts: ATTEMPTS, repeatable: true };

  return {
    callback: ({ id, token }, response, files = []) =>
      send({
        action: 'interaction callback',
        method: 'POST',
        path: `/interactions/${id}/${token}/callback`,
        body: response,
        files,
        timeoutMs: CALLBACK_TIMEOUT_MS,
        attempts: CALLBACK_ATTEMPTS,
        repeatable: true,
      }),
    edit: (ticket, body, files) =>
      send({
        ...common,
        timeoutMs: timeoutMsOf(files),
        action: 'edit of an answer',
        method: 'PATCH',
        path: `${webhook(ticket)}/messages/@original`,
        body,
        files,
      }),
    deleteOriginal: (ticket) =>
      send({
        ...common,
        action: 'deletion of an answer',
        method: 'DELETE',
        path: `${webhook(ticket)}/messages/@original`,
      }),
    followUp: (ticket, body, files) =>
      send({
        ...common,
        timeoutMs: timeoutMsOf(files),
        action: 'follow-up',
        method: 'POST',
        path: webhook(ticket),
        body,
        files,
        repeatable: false,
      }),
    close: () => pool.destroy(),
  };
}

function timeoutMsOf(files: readonly ViewFile[]): number {
  return files.length === 0 ? TIMEOUT_MS : UPLOAD_TIMEOUT_MS;
}

async function sendRepeatedly(pool: Pool, call: Call): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const failure = await sendOnce(pool, call);
    if (!failure) return;
    const { error, retryAfterMs } = failure;
    const mayRepeat = error.status === 429 || (call.repeatable && (error.status === 0 || error.status >= 500));
    if (!mayRepeat || attempt >= call.attempts) throw error;
    await wait(retryAfterMs ?? 100 * 2 ** attempt);
  }
}

interface Failure {
  readonly error: DiscordError;
  /** How long Discord asks us to wait. */
  readonly retryAfterMs: number | null;
}

async function sendOnce(pool: Pool, call: Call): Promise<Failure | null> {
  let response: Dispatcher.ResponseData;
  try {
    response = await pool.request({
      method: call.method,
      path: call.path,
      headersTimeout: call.timeoutMs,
      bodyTimeout: call.timeoutMs,
      ...encode(call),
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'no answer';
    return { error: new DiscordError(call.action, 0, null, detail, error), retryAfterMs: null };
  }
  if (response.statusCode < 300) {
    await response.body.dump();
    return null;
  }
  const answer = await readError(response);
  const detail = `${answer.code ?? ''} ${answer.message ?? ''}`.trim();
  return {
    error: new DiscordError(call.action, response.statusCode, answer.code ?? null, detail),
    retryAfterMs: answer.retry_after === undefined ? null : answer.retry_after * 1_000,
  };
}

const JSON_HEADERS = { 'content-type': 'application/json', 'user-agent': USER_AGENT };
const PLAIN_HEADERS = { 'user-agent': USER_AGENT };

/** JSON, or with files `payload_json` and `files[n]`. */
function encode({ body, files = [] }: Call): Pick<Dispatcher.RequestOptions, 'headers' | 'body'> {
  if (!body) return { headers: PLAIN_HEADERS };
  if (files.length === 0) return { headers: JSON_HEADERS, body: JSON.stringify(body) };
  const form = new FormData();
  form.append('payload_json', JSON.stringify(body));
  for (const [index, { name, content }] of files.entries()) {
    const bytes = typeof content === 'string' ? content : new Uint8Array(content);
    form.append(`files[${index}]`, new Blob([bytes]), name);
  }
  return { headers: PLAIN_HEADERS, body: form };
}

interface ErrorAnswer {
  readonly code?: number;
  readonly message?: string;
  readonly retry_after?: number;
}

/** Discord's errors are JSON; those of a proxy in between may be anything. */
async function readError(response: Dispatcher.ResponseData): Promise<ErrorAnswer> {
  try {
    const answer: unknown = await response.body.json();
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
