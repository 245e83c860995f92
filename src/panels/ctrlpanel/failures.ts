/** The one place that says what an answer that is no success means, and what it proves of the change that was asked for. */
import type { z } from 'zod';
import type { PanelFailure } from '../../domain/refusal.ts';
import type { HttpAnswer } from '../http/client.ts';
import { type Effect, PanelError } from '../panel.ts';
import { failure } from './api-types.ts';

/**
 * What is written, for what its failures prove differs. `row`: the panel's own database alone, checked before; `account`, `creation`: first Pterodactyl, then
 * the database, with any failure told as one of the input; `servers`: one server after another at Pterodactyl, each by itself.
 */
export type Writing = 'row' | 'account' | 'creation' | 'servers';

type FailureBody = z.output<typeof failure>;

/** The panel found fault with the input, before anything was done. */
export class InputRefused extends PanelError {
  /** Names of the panel's own fields. */
  readonly fields: readonly string[];

  constructor(fields: readonly string[], message: string, detail: string | null) {
    super('rejected', 'none', message, { detail });
    this.fields = fields;
  }
}

export function rejected(message: string, detail: string): PanelError {
  return new PanelError('rejected', 'none', message, { detail });
}

export function notFound(accountId: string): PanelError {
  return new PanelError('not_found', 'none', `there is no account ${JSON.stringify(accountId)}`);
}

/** @param writing null for what only reads */
export function failureOf(answer: HttpAnswer, what: string, writing: Writing | null): PanelError {
  const { status } = answer;
  const body = failure.safeParse(answer.json).data ?? null;
  const said = body?.error ?? body?.message ?? null;
  const fail = (kind: PanelFailure, effect: Effect, detail: string | null = null) =>
    new PanelError(kind, writing === null ? 'none' : effect, `${what} was answered with ${status}`, { detail });
  // Only what goes through Pterodactyl server by server has begun when it fails.
  const begun: Effect = writing === 'servers' ? 'unknown' : 'none';

  if (status >= 300 && status < 400)
    return fail(
      'malformed',
      'none',
      'The panel sends to another address: the address in Steward’s settings is not quite its own.',
    );
  switch (status) {
    case 400:
    case 413:
      return fail('rejected', 'none', said);
    case 401:
      return said?.startsWith('No pterodactyl token set')
        ? fail('forbidden', begun, PTERODACTYL_KEY)
        : fail('unauthorized', 'none', 'The panel does not know Steward’s key.');
    case 403:
      if (said === 'Missing Authorization header') return fail('unauthorized', 'none', NO_HEADER);
      if (body !== null) return fail('forbidden', 'none', said);
      return fail(
        'forbidden',
        begun,
        writing === 'servers' ? PTERODACTYL_KEY : 'Something before the panel refuses Steward’s requests.',
      );
    case 404:
      if (body !== null) return fail('not_found', 'none');
      return writing === 'servers'
        ? fail(
            'rejected',
            begun,
            'Pterodactyl does not know one of the servers: CtrlPanel.gg can do nothing with this account’s servers until that one is deleted.',
          )
        : fail('unsupported_version', 'none', NO_ROUTE);
    case 405:
      return fail('unsupported_version', 'none', NO_ROUTE);
    case 422:
      return ofInput(body, what, writing);
    case 429:
      return fail('rate_limited', 'none', 'CtrlPanel.gg takes no more requests for up to a minute.');
    case 503:
      if (said === 'Service Unavailable') return fail('unreachable', 'none', 'CtrlPanel.gg is in maintenance.');
  }
  if (said?.startsWith('Pterodactyl node error')) return fail('malformed', 'unknown', NODE_AWAY);
  // A gateway's page says that nobody answered; an error inside the panel says that somebody did.
  const away = body === null && status >= 502;
  return fail(
    away ? 'unreachable' : 'malformed',
    'unknown',
    away ? null : 'CtrlPanel.gg failed inside; its own log says why.',
  );
}

/** Pterodactyl takes back what the node was not told of. */
export const NODE_AWAY = 'A node of Pterodactyl does not answer CtrlPanel.gg.';
const PTERODACTYL_KEY = 'Pterodactyl refuses CtrlPanel.gg’s own key: enter a new one in the settings of CtrlPanel.gg.';
const NO_HEADER = 'The key does not arrive: the web server before CtrlPanel.gg takes the header “Authorization” away.';
const NO_ROUTE =
  'There is no such address at the panel: its address in Steward’s settings is not right, or it is older than 1.2.';

/** A 422. That of a creation or an edit is no proof of bad input: everything that goes wrong within them is told as one. */
function ofInput(body: FailureBody | null, what: string, writing: Writing | null): PanelError {
  const errors = body?.errors ?? {};
  const fields = Object.keys(errors);
  const refused = errors.pterodactyl_error_message?.map(String).join(' ');
  if (refused !== undefined && (writing === 'account' || writing === 'creation'))
    return ofPterodactyl(refused, what, writing);
  const said = Object.values(errors).flat().map(String).join(' ') || body?.message || null;
  return new InputRefused(fields, `${what} was refused: ${fields.join(', ')}`, said);
}

const REFUSED_WITH = /HTTP request returned status code (\d{3})/;
const NOT_CONNECTED = /^cURL error (?:6|7|35|60)\b/;

/** What Pterodactyl, the network to it or the database said, in the one text that the panel makes of it. */
function ofPterodactyl(text: string, what: string, writing: 'account' | 'creation'): PanelError {
  const status = Number(REFUSED_WITH.exec(text)?.[1] ?? 0);
  const fail = (kind: PanelFailure, effect: Effect, detail: string | null) =>
    new PanelError(kind, effect, `${what} failed behind the panel${status ? ` with ${status}` : ''}`, { detail });
  if (status >= 500) return fail('malformed', 'unknown', 'Pterodactyl failed inside.');
  if (status > 0) return ofRefusal(status, text, fail);
  if (NOT_CONNECTED.test(text)) return fail('malformed', 'none', 'CtrlPanel.gg cannot reach Pterodactyl.');
  if (text.startsWith('cURL error')) return fail('malformed', 'unknown', 'Pterodactyl does not answer CtrlPanel.gg.');
  // Roles are given before Pterodactyl is asked to create, and after it is asked to change.
  const isRole = text.startsWith('There is no role');
  if (writing === 'creation')
    return fail(isRole ? 'rejected' : 'malformed', isRole ? 'none' : 'unknown', isRole ? text : null);
  return fail(
    'malformed',
    'partial',
    'Pterodactyl has the new values, CtrlPanel.gg has not: edit the account once more.',
  );
}

/** Pterodactyl said no, so that nothing was changed anywhere: a creation is rolled back, a change not begun. */
function ofRefusal(
  status: number,
  text: string,
  fail: (kind: PanelFailure, effect: Effect, detail: string | null) => PanelError,
): PanelError {
  if (status === 401 || status === 403) return fail('forbidden', 'none', PTERODACTYL_KEY);
  if (status === 429)
    return fail('rate_limited', 'none', 'Pterodactyl takes no more requests from CtrlPanel.gg for a minute.');
  if (status === 404 || status === 405) return fail('rejected', 'none', NO_PTERODACTYL_USER);
  if (/third party identifier|external.?id/i.test(text)) return fail('rejected', 'none', EXTERNAL_ID);
  if (/\bemail\b.{0,40}taken/i.test(text)) return fail('conflict', 'none', 'email');
  if (/\busername\b.{0,40}taken/i.test(text)) return fail('conflict', 'none', 'username');
  const said = /"detail":"([^"]*)/.exec(text)?.[1];
  return fail('rejected', 'none', said ? `Pterodactyl refuses it: ${said}` : `Pterodactyl refuses it (${status}).`);
}

/** The panel gives each account that its API creates the same external id at Pterodactyl, where it can be had once. */
const EXTERNAL_ID =
  'CtrlPanel.gg creates one account only: the last it created has the external id 0 in Pterodactyl. Empty that there, or give Steward a key of Pterodactyl.';
export const NO_PTERODACTYL_USER = 'This account has no user in Pterodactyl, and CtrlPanel.gg changes none without.';
