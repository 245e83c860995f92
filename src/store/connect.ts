/** The one way to the store: a pool of connections, with Drizzle's view of it. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Logger } from 'pino';
import postgres from 'postgres';
import { joinServer } from './embedded/server.ts';
import { migrate } from './migrate.ts';
import { JsonText } from './schema/columns.ts';
import * as schema from './schema/index.ts';

export type Database = PostgresJsDatabase<typeof schema>;

/** Reads `bigint` as `bigint`: no number of the database ever loses a digit on its way. */
export type Sql = postgres.Sql<{ bigint: bigint }>;

/** One transaction of {@link Sql}. */
export type Transaction = postgres.TransactionSql<{ bigint: bigint }>;

/** An open store. `sql` and `db` share one pool, and read and write every type alike. */
export interface Store {
  readonly sql: Sql;
  readonly db: Database;
  /** Lets running queries end for up to two seconds, then closes every connection, and the embedded server if nobody else uses it. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** The database to use; null starts the embedded server. */
  readonly databaseUrl: string | null;
  /** Folder of what Steward keeps itself, the embedded server's data among it. */
  readonly dataDir: string;
}

/** How long one statement may run, in milliseconds: far longer than any of ours takes, so that a stuck one ends. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** How long a transaction may wait for its next statement, in milliseconds: none of ours waits for anything but the store. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;

/**
 * Opens the store and brings its tables up to date.
 * @throws StoreFault in words for people, when the database cannot be used.
 */
export async function connect(options: StoreOptions, log: Logger): Promise<Store> {
  const embedded = options.databaseUrl === null ? await joinServer(options.dataDir, log) : null;
  const url = options.databaseUrl ?? embedded?.url ?? '';
  try {
    await migrate(url, log);
  } catch (error) {
    await embedded?.leave();
    throw error;
  }
  const store = open(url, log);
  return {
    ...store,
    close: async () => {
      await store.close();
      await embedded?.leave();
    },
  };
}

/** Opens a pool on a database whose tables are up to date. */
export function open(url: string, log: Logger): Store {
  const sql = pool(url, log, { max: 10 });
  return { sql, db: drizzleOn(sql), close: () => sql.end({ timeout: 2 }) };
}

/** A pool as all of ours are. */
export function pool(url: string, log: Logger, options: { max: number }): Sql {
  return postgres(url, {
    max: options.max,
    connect_timeout: 10,
    // Seconds between attempts to connect. The driver's own grow to twenty, and people would wait for that.
    backoff: (attempts) => Math.min(0.05 * 2 ** attempts, 1),
    types: { bigint: postgres.BigInt, json },
    connection: {
      application_name: 'steward',
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
    onnotice: (notice) => log.debug({ notice: notice.message }, 'the database gave notice'),
  });
}

const json: postgres.PostgresType = {
  to: 114,
  from: [114, 3802],
  serialize: (value: unknown) => (value instanceof JsonText ? value.text : JSON.stringify(value)),
  parse: (text: string) => JSON.parse(text),
};

/**
 * Drizzle replaces how its client reads times and writes JSON, which would leave plain queries with other types than its own. It
 * copes with the client's own ways as well, so those are put back.
 */
function drizzleOn(sql: Sql): Database {
  const parsers = { ...sql.options.parsers };
  const serializers = { ...sql.options.serializers };
  const db = drizzle(sql, { schema });
  Object.assign(sql.options.parsers, parsers);
  Object.assign(sql.options.serializers, serializers);
  return db;
}
