import { type Answer, redirect, withHeaders } from '../wire/answer.ts';
import { MalformedJson, readInput } from '../wire/input.ts';
import { type Hit, RateLimit } from '../wire/rate-limit.ts';
import { bearerToken, type DoubleRequest, wantsJson } from '../wire/request.ts';
import { Refusal, refusal } from './errors.ts';
import type { PteroKey, PteroState } from './state.ts';

type Gate = (request: DoubleRequest, ask: (key: PteroKey) => Answer) => Answer;

/** Lets in whoever has a key and has not asked too often. All keys of one owner share what they may ask. */
export function gateOf(state: PteroState, requestsPerMinute: number | null): Gate {
  const limit = requestsPerMinute === null ? null : new RateLimit(requestsPerMinute);

  function pass(request: DoubleRequest, ask: (key: PteroKey) => Answer): Answer {
    const key = authenticate(state, request);
    checkJson(request);
    const hit = limit?.hit(String(key.ownerId), request.at) ?? null;
    if (hit?.isOver) return overLimit(hit);
    const answer = caught(() => ask(key));
    return hit === null ? answer : withHeaders(answer, headersOf(hit));
  }

  return (request, ask) => {
    if (bearerToken(request) === null && !wantsJson(request)) return redirect(`${request.origin}/auth/login`);
    return caught(() => pass(request, ask));
  };
}

function authenticate(state: PteroState, request: DoubleRequest): PteroKey {
  const key = state.keys.get(bearerToken(request) ?? '');
  if (key === undefined || !state.users.has(key.ownerId))
    throw refusal(401, 'AuthenticationException', 'Unauthenticated.');
  if (key.allowedIps.length > 0 && !key.allowedIps.includes('127.0.0.1'))
    throw refusal(
      403,
      'AccessDeniedHttpException',
      'This IP address (127.0.0.1) does not have permission to access the API using these credentials.',
    );
  return key;
}

function checkJson(request: DoubleRequest): void {
  try {
    readInput(request);
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error;
    throw refusal(400, 'BadRequestHttpException', 'The JSON data passed in the request appears to be malformed.');
  }
}

function caught(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function overLimit(hit: Hit): Answer {
  const { answer } = refusal(429, 'ThrottleRequestsException', 'Too Many Attempts.');
  return withHeaders(answer, {
    ...headersOf(hit),
    'retry-after': String(hit.retryAfterSeconds),
    'x-ratelimit-reset': String(hit.resetSeconds),
  });
}

function headersOf({ limit, remaining }: Hit): Readonly<Record<string, string>> {
  return { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining) };
}
