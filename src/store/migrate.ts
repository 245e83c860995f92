/** Bringing the tables up to date. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import type { Logger } from 'pino';
import postgres from 'postgres';
import { StoreFault } from './fault.ts';

const FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Key of the advisory lock under which migrations run. The number itself means nothing. */
const MIGRATION_KEY = 7_362_016;
/** What the migrations use is there from PostgreSQL 15 on. */
const OLDEST_SERVER_VERSION = 15;

/**
 * Applies the migrations that the database has not seen. Processes that start at once wait for each other.
 * @throws StoreFault when the database cannot be reached, is too old, or was made by a newer Steward.
 */
export async function migrate(url: string, log: Logger): Promise<void> {
  // One connection for all of it: the lock belongs to the connection.
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    connection: { application_name: 'steward migrations' },
    onnotice: (notice) => log.debug({ notice: notice.message }, 'the database gave notice'),
  });
  try {
    await requireServer(sql);
    await sql`select pg_advisory_lock(${MIGRATION_KEY})`;
    const known = await knownMigrations();
    const before = await appliedMigrations(sql);
    requireKnown(before, known);
    await applyMigrations(drizzle(sql), { migrationsFolder: FOLDER }).catch(refuseUnmigrated);
    const after = await appliedMigrations(sql);
    if (after.length > before.length)
      log.info({ applied: after.length - before.length }, 'the database was brought up to date');
    requireComplete(after, known);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function refuseUnmigrated(error: Error): never {
  const why = error.cause instanceof Error ? error.cause.message : error.message;
  throw new StoreFault(
    `The database could not be brought up to date (${why}). Its user must own it, so as to create schemas, tables and the extension pg_trgm.`,
    { cause: error },
  );
}

async function requireServer(sql: postgres.Sql): Promise<void> {
  const [server] = await sql<
    { version: number }[]
  >`select current_setting('server_version_num')::int / 10000 as version`.catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreFault(
      `The database cannot be reached (${why}). Check DATABASE_URL, and that PostgreSQL runs there.`,
      {
        cause: error,
      },
    );
  });
  if (!server || server.version < OLDEST_SERVER_VERSION) {
    throw new StoreFault(
      `The database is PostgreSQL ${server?.version}, and Steward needs ${OLDEST_SERVER_VERSION} or newer. Upgrade it, or set DATABASE_URL to another.`,
    );
  }
}

/** A migration is known by the moment at which it was generated, in milliseconds: that is what Drizzle remembers of it. */
type Generated = number;

async function knownMigrations(): Promise<readonly Generated[]> {
  const journal: { entries: { when: Generated }[] } = JSON.parse(
    await readFile(`${FOLDER}/meta/_journal.json`, 'utf8'),
  );
  return journal.entries.map((entry) => entry.when);
}

async function appliedMigrations(sql: postgres.Sql): Promise<readonly Generated[]> {
  const [table] = await sql<
    { there: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!table?.there) return [];
  const rows = await sql<
    { when: string }[]
  >`select created_at as when from drizzle.__drizzle_migrations order by created_at`;
  return rows.map((row) => Number(row.when));
}

function requireKnown(applied: readonly Generated[], known: readonly Generated[]): void {
  if (applied.every((migration) => known.includes(migration))) return;
  throw new StoreFault(
    'The database was made by a newer Steward than this one. Install that version or a later one; this one would harm it.',
  );
}

/** Drizzle passes over a migration that was generated before the last one applied, as happens when two branches are merged. */
function requireComplete(applied: readonly Generated[], known: readonly Generated[]): void {
  if (known.every((migration) => applied.includes(migration))) return;
  throw new Error('A migration is older than one applied already, and was passed over: generate it anew.');
}
