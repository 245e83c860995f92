import postgres from 'postgres';

/** Codes of Node and postgres.js for a statement that was never sent: there was no connection to send it on. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'CONNECT_TIMEOUT', 'CONNECTION_ENDED']);

/** SQLSTATE of a statement that ran into its time limit. */
const QUERY_CANCELED = '57014';

/** What became of a statement that failed. */
export interface FailedStatement {
  /** `unusable`: the database takes no such values. */
  readonly why: 'unreachable' | 'timeout' | 'unusable';
  /** It surely changed nothing; otherwise it may have. */
  readonly undone: boolean;
}

/**
 * What an error says of the statement that it ended; null for one that is not the database's. An error that PostgreSQL reports rolls its
 * statement back. Above `ERROR` the connection ended too, at a point that is not known.
 */
export function failedStatement(error: unknown): FailedStatement | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (!(error instanceof postgres.PostgresError)) return { why: 'unreachable', undone: NEVER_SENT.has(error.code) };
  if (error.severity !== 'ERROR') return { why: 'unreachable', undone: false };
  if (error.code === QUERY_CANCELED) return { why: 'timeout', undone: true };
  return { why: error.code.startsWith('22') || error.code.startsWith('23') ? 'unusable' : 'unreachable', undone: true };
}
