/** Bringing the tables up to date. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import postgres from 'postgres';
import { beginEraAfterRestore } from './eras.ts';
import { StoreFault } from './fault.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../drizzle');

/** Key of the advisory lock under which migrations run. The number itself means nothing. */
const LOCK_KEY = 7_362_016;
/** The oldest major version of PostgreSQL that its makers still mend. https://www.postgresql.org/support/versioning/ */
const OLDEST_SERVER_VERSION = 15;

/**
 * Applies the migrations that the database has not seen, each in a transaction of its own, and sees whether it was restored from a dump.
 * Processes that start at once wait for each other.
 *
 * @throws StoreFault when the database cannot be reached, is too old, is not ours to change, or was made by a newer Steward.
 */
export async function migrate(url: string, log: Logger): Promise<void> {
  // One connection for all of it: the lock belongs to the connection.
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    connection: { application_name: 'steward migrations' },
    onnotice: () => undefined,
  });
  try {
    await requireServer(sql);
    await sql`select pg_advisory_lock(${LOCK_KEY})`;
    await migrateLocked(sql, log);
    await beginEraAfterRestore(sql, log);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function migrateLocked(sql: postgres.Sql, log: Logger): Promise<void> {
  const known = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const applied = await appliedMigrations(sql);
  if ([...applied].some((name) => !known.includes(name))) {
    throw new StoreFault(
      'The database was made by a newer Steward than this one. Install that version or a later one; this one would harm it.',
    );
  }
  for (const name of known.filter((each) => !applied.has(each))) {
    const statements = await readFile(path.join(FOLDER, name), 'utf8');
    await sql
      .begin(async (transaction) => {
        await transaction.unsafe(statements);
        await transaction`insert into migrations (name) values (${name})`;
      })
      .catch(explainRefusal);
    log.info({ migration: name }, 'the database was brought up to date');
  }
}

async function appliedMigrations(sql: postgres.Sql): Promise<ReadonlySet<string>> {
  await sql`
    create table if not exists migrations (name text primary key, applied_at timestamptz(3) not null default now())
  `.catch(explainRefusal);
  const rows = await sql<{ name: string }[]>`select name from migrations`;
  return new Set(rows.map((row) => row.name));
}

function explainRefusal(error: Error): never {
  throw new StoreFault(
    `The database could not be brought up to date (${error.message}). Its user must own it, so as to create tables and the extension pg_trgm.`,
    { cause: error },
  );
}

async function requireServer(sql: postgres.Sql): Promise<void> {
  const [server] = await sql<
    { version: number }[]
  >`select current_setting('server_version_num')::int / 10000 as version`.catch((error: Error) => {
    throw new StoreFault(
      `The database cannot be reached (${error.message}). Check DATABASE_URL, and that PostgreSQL runs there.`,
      { cause: error },
    );
  });
  if (!server || server.version < OLDEST_SERVER_VERSION) {
    throw new StoreFault(
      `The database is PostgreSQL ${server?.version}, and Steward needs ${OLDEST_SERVER_VERSION} or newer. Upgrade it, or set DATABASE_URL to another.`,
    );
  }
}
