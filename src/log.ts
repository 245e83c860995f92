/** The log: JSON lines for machines and operators, without secrets and personal data. */
import { type DestinationStream, type Logger, pino } from 'pino';

/** Names under which a secret or something personal could slip in, at the top of an entry or one level below. */
const PRIVATE = ['token', 'password', 'secret', 'secretKey', 'authorization', 'email', 'url', 'databaseUrl'];

export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: PRIVATE.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
    serializers: { error: errorForLog, err: errorForLog },
  };
  return destination ? pino(options, destination) : pino(options);
}

function errorForLog(error: unknown): unknown {
  return error instanceof Error ? loggable(error) : error;
}

/**
 * An error's kind, message, stack and cause, and nothing else that drivers and clients put on it: a database's error, for instance, holds
 * the values that it did not like, and a request's its body.
 */
function loggable(error: unknown, depth = 3): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null;
  return {
    type: error.name,
    message: withoutEmails(error.message),
    stack: withoutEmails(error.stack ?? ''),
    ...(code === null ? {} : { code }),
    ...(error.cause === undefined || depth === 0 ? {} : { cause: loggable(error.cause, depth - 1) }),
  };
}

function withoutEmails(text: string): string {
  return text.replace(/[^\s@"'()<>=]+@[^\s@"'()<>=]+/g, '[e-mail]');
}
