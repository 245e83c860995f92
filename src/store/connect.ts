/** The one way to the store: a pool of connections. */
import type { Logger } from 'pino';
import postgres from 'postgres';
import { type EmbeddedServer, joinServer } from './embedded/server.ts';
import { migrate } from './migrate.ts';
import { connectSocket } from './socket.ts';
import { endWithConnection } from './transaction.ts';

/** Reads `bigint` as `bigint`: no number of the database ever loses a digit on its way. */
export type Sql = postgres.Sql<{ bigint: bigint }>;

/** One transaction of {@link Sql}. */
export type Transaction = postgres.TransactionSql<{ bigint: bigint }>;

/** Part of a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** An open store. */
export interface Store {
  readonly sql: Sql;
  /** One connection beside the others, for the short questions that must not wait in line behind people's work. */
  readonly urgent: Sql;
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
 * How many statements may run at once. A commit waits for the disk, and those that wait together are flushed together, so that more than
 * the machine has processors are of use.
 */
const CONNECTIONS = 20;

/**
 * Opens the store and brings its tables up to date.
 * @throws StoreFault in words for people, when the database cannot be used.
 */
export async function connect(options: StoreOptions, log: Logger): Promise<Store> {
  const server = options.databaseUrl === null ? await joinServer(options.dataDir, log) : ownServer(options.databaseUrl);
  try {
    await migrate(server.url, log);
  } catch (error) {
    await server.leave();
    throw error;
  }
  const store = open(server.url, log);
  return {
    ...store,
    close: async () => {
      await store.close();
      await server.leave();
    },
  };
}

/** Somebody else's server, which neither starts nor stops with us. */
function ownServer(url: string): EmbeddedServer {
  return { url, leave: async () => undefined };
}

/** Opens the connections to a database whose tables are up to date. */
export function open(url: string, log: Logger): Store {
  const sql = pool(url, CONNECTIONS, log);
  const urgent = pool(url, 1, log);
  return {
    sql,
    urgent,
    close: async () => {
      await Promise.all([sql.end({ timeout: 2 }), urgent.end({ timeout: 2 })]);
    },
  };
}

function pool(url: string, max: number, log: Logger): Sql {
  const options = {
    max,
    connect_timeout: 10,
    // Seconds between attempts to connect. The driver's own grow to twenty, and people would wait for that.
    backoff: () => 0.25,
    types: { bigint: postgres.BigInt },
    // The driver's types do not know this one of its options.
    socket: connectSocket,
    connection: {
      application_name: 'steward',
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
    onnotice: (notice: postgres.Notice) => log.debug({ notice: notice.message }, 'the database gave notice'),
  };
  const sql = postgres(url, options);
  // Every connection would ask for the types again, and one that is lost while it does would end the process: nobody waits for that answer.
  sql`select`.then(
    () => {
      sql.options.fetch_types = false;
    },
    () => undefined,
  );
  return endWithConnection(sql);
}
