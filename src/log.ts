/** The log: JSON lines for machines and operators, without secrets and personal data. */
import { type DestinationStream, type Logger, pino } from 'pino';
import { loggable } from './discord/failures.ts';

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

/** What drivers and clients put on their errors (a row, a request with its token) stays out. */
function errorForLog(error: unknown): unknown {
  return error instanceof Error ? loggable(error) : error;
}
