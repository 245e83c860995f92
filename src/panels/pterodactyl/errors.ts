import type { PanelFailure } from '../../domain/refusal.ts';
import type { HttpAnswer } from '../http/client.ts';
import { type Effect, PanelError } from '../panel.ts';
import { type ErrorAnswer, errorsAnswer } from './api-types.ts';

/** Which of the two products that speak this API. */
export type Product = 'Pterodactyl' | 'Pelican';

/** What was asked when something went wrong. */
export interface Asked {
  /** Such as `PATCH /users/7`. */
  readonly what: string;
  readonly writes: boolean;
  readonly product: Product;
}

interface Meaning {
  readonly kind: PanelFailure;
  /** Of a change. `maybe`: it cannot be said whether it was made. */
  readonly effect: 'none' | 'partial' | 'maybe';
  readonly detail: string | null;
}

/** What an answer that is no success means: by the first error's `code`, and by the status only where there is none. */
export function errorOf(answer: HttpAnswer, asked: Asked): PanelError {
  const { status } = answer;
  const errors = errorsAnswer.safeParse(answer.json).data?.errors;
  const meaning = errors ? ofCode(errors, status, asked) : ofStatus(answer);
  return new PanelError(meaning.kind, effectOf(meaning, asked), `${asked.what}: ${codesOf(errors, status)}`, meaning);
}

/** A whole answer that is not as the panel is known to answer. */
export function malformed({ what, writes }: Asked, how: string): PanelError {
  return new PanelError('malformed', writes ? 'unknown' : 'none', `${what}: ${how}`);
}

export function rejected(message: string, detail: string): PanelError {
  return new PanelError('rejected', 'none', message, { detail });
}

function effectOf({ effect }: Meaning, { writes }: Asked): Effect {
  if (!writes) return 'none';
  return effect === 'maybe' ? 'unknown' : effect;
}

const nothing = (kind: PanelFailure, detail: string | null = null): Meaning => ({ kind, effect: 'none', detail });

function ofCode(errors: readonly [ErrorAnswer, ...ErrorAnswer[]], status: number, asked: Asked): Meaning {
  const [{ code, detail }] = errors;
  switch (code) {
    case 'AuthenticationException':
      return nothing('unauthorized', 'Steward’s key is not known to the panel, or the account that made it is gone.');
    case 'AccessDeniedHttpException':
      // The panel’s own words may hold our address.
      return nothing(
        'forbidden',
        'Steward’s key lacks a right, or the account that made it administers the panel no more.',
      );
    case 'TwoFactorAuthRequiredException':
      return nothing('forbidden', 'The account that made Steward’s key has to turn on two-factor authentication.');
    case 'NotFoundHttpException':
      return ofNotFound(detail ?? '');
    case 'ValidationException':
      return ofValidation(errors);
    case 'DisplayException':
      return nothing('rejected', wordsOf(detail));
    case 'ConflictHttpException':
      return nothing('conflict', 'The server is on its way to another node.');
    case 'ThrottleRequestsException':
      return nothing('rate_limited');
    case 'DaemonConnectionException':
      return ofNode(asked.product);
    case 'ConnectionException':
    case 'RequestException':
      return asked.product === 'Pelican' && SUSPENDS.test(asked.what) ? ofNode('Pelican') : ofOther(status);
    case 'BadRequestHttpException':
    case 'InvalidFilterQuery':
    case 'InvalidSortQuery':
    case 'MethodNotAllowedHttpException':
      return nothing('unsupported_version');
    default:
      return ofOther(status);
  }
}

/** Pelican has no word of its own for a node's failure, but asks nobody else when a server is suspended. */
const SUSPENDS = /^POST \/servers\//;

/** A panel that says what failed within it is there to say it. */
function ofOther(status: number): Meaning {
  return { kind: isAway(status) ? 'unreachable' : 'malformed', effect: 'maybe', detail: null };
}

/** An address that the panel does not have says nothing of any account: the words are the only difference. */
function ofNotFound(detail: string): Meaning {
  if (!/^The route .* could not be found/.test(detail)) return nothing('not_found');
  return nothing('unsupported_version', 'This panel has no such part of the application API.');
}

/**
 * Pterodactyl takes back what a node was not told of; Pelican leaves it as if the node knew. It is a node that is out of reach: the panel is
 * not, and goes on being asked.
 */
function ofNode(product: Product): Meaning {
  if (product === 'Pterodactyl')
    return nothing('rejected', 'The node of the server does not answer, so that nothing was changed.');
  const detail =
    'The panel has noted it down, but the node of the server does not answer: it goes on as before until it is told.';
  return { kind: 'rejected', effect: 'partial', detail };
}

function ofValidation(errors: readonly ErrorAnswer[]): Meaning {
  const taken = errors.filter(({ meta }) => meta?.rule === 'unique').map(({ meta }) => meta?.source_field);
  if (taken.length < errors.length) {
    return nothing('rejected', wordsOf(errors.find(({ meta }) => meta?.rule !== 'unique')?.detail));
  }
  const [field = null] = taken;
  return nothing('conflict', field === 'external_id' ? 'Another account has this external id.' : field);
}

/** Whatever answered here did not speak the panel's language: a proxy, a page for people, another program. */
function ofStatus({ status, json }: HttpAnswer): Meaning {
  if (status === 429) return nothing('rate_limited');
  if (status >= 300 && status < 400)
    return nothing(
      'malformed',
      'The address of the panel leads elsewhere: it has to be the one at which it answers itself.',
    );
  // Pelican's way to say that a root administrator cannot be deleted.
  if (status === 403 && Array.isArray(json) && json.length === 0)
    return nothing('rejected', 'The panel lets nobody delete a root administrator over its API.');
  // The panel itself would have said it in its own form: what refuses like this stands before it, and let nothing through.
  const isRefused = status >= 400 && status < 500 && json === undefined;
  return { kind: status >= 500 ? 'unreachable' : 'malformed', effect: isRefused ? 'none' : 'maybe', detail: null };
}

/** Maintenance, and gateways that nobody answered. */
function isAway(status: number): boolean {
  return status > 501 && status < 505;
}

/** The panel's own words on one line, for they may be laid out for a page. */
function wordsOf(detail: string | null | undefined): string | null {
  return detail?.replaceAll(/\s+/g, ' ').trim() || null;
}

function codesOf(errors: readonly ErrorAnswer[] | undefined, status: number): string {
  const codes = errors?.map(({ code, meta }) => [code, meta?.source_field, meta?.rule].filter(Boolean).join(' '));
  return [status, ...(codes ?? ['no error of the panel’s'])].join(' ');
}
