import { type Answer, json } from '../wire/answer.ts';
import type { PteroState } from './state.ts';

export interface ErrorEntry {
  readonly code: string;
  readonly status: string;
  readonly detail: string;
  readonly meta?: { readonly source_field: string; readonly rule: string };
}

/** What the panel answers instead of doing what was asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly ErrorEntry[];

  constructor(status: number, errors: readonly ErrorEntry[]) {
    super(errors[0]?.detail);
    this.status = status;
    this.errors = errors;
  }

  get answer(): Answer {
    return json(this.status, { errors: this.errors });
  }
}

export function refusal(status: number, code: string, detail: string): Refusal {
  return new Refusal(status, [{ code, status: String(status), detail }]);
}

export const notFound = () =>
  refusal(404, 'NotFoundHttpException', 'The requested resource could not be found on the server.');

export const unauthorised = () => refusal(403, 'AccessDeniedHttpException', 'This action is unauthorized.');

/** An exception that nobody foresaw. */
export const unexpected = (code: string) =>
  refusal(500, code, 'An unexpected error was encountered while processing this request, please try again.');

/** What became of asking Wings; 504 is for one that is not there. Pelican has no word of its own for it. */
export function daemonRefusal(product: PteroState['product'], status: number): Refusal {
  if (product === 'pelican') return unexpected(status === 504 ? 'ConnectionException' : 'RequestException');
  const said = status === 504 ? 'E_CONN_REFUSED' : String(status);
  return refusal(
    status,
    'DaemonConnectionException',
    `There was an exception while attempting to communicate with the daemon resulting in a HTTP/${said} response code. This exception has been logged. (request id: <nil>)`,
  );
}
