/** The PostgreSQL server of a benchmark, and databases with the crowd's accounts in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import postgres from 'postgres';
import { type EmbeddedServer, joinServer } from '../src/store/embedded/server.ts';
import { migrate } from '../src/store/migrate.ts';
import { CROWD, OWNER_ID, STAFF_ROLE_ID } from './people.ts';

const TEMPLATE = 'bench_template';
/** How often every account was given something, and how much, in hundredths. */
const DEEDS = 4;
const DEED_MINOR = 3_000;

export class DatabaseServer implements AsyncDisposable {
  readonly #server: EmbeddedServer;
  readonly #dataDir: string;
  #count = 0;

  private constructor(server: EmbeddedServer, dataDir: string) {
    this.#server = server;
    this.#dataDir = dataDir;
  }

  /** Starts a server with PostgreSQL's own settings: what a bot is told is stored is on the disk. */
  static async start(): Promise<DatabaseServer> {
    const log = pino({ level: 'warn' });
    const dataDir = await mkdtemp(path.join(tmpdir(), 'steward-bench-database-'));
    const server = new DatabaseServer(await joinServer(dataDir, log), dataDir);
    await server.#run((sql) => sql.unsafe(`create database ${TEMPLATE}`));
    await migrate(server.#urlOf(TEMPLATE), log);
    await seed(server.#urlOf(TEMPLATE));
    return server;
  }

  /** Makes a database that nobody has used yet and returns its address. */
  async freshDatabase(): Promise<string> {
    this.#count += 1;
    const name = `bench_${this.#count}`;
    await this.#run((sql) => sql.unsafe(`create database ${name} template ${TEMPLATE}`));
    // What the copy left to be written shall not be written while somebody measures.
    await this.#run((sql) => sql.unsafe('checkpoint'));
    return this.#urlOf(name);
  }

  /** Neither an autovacuum in the middle nor a plan for an empty table is to be measured of a table that was just filled. */
  async settle(url: string, tableName: string): Promise<void> {
    await withConnection(url, (sql) => sql`vacuum analyze ${sql(tableName)}`);
    await this.#run((sql) => sql.unsafe('checkpoint'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.leave();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  #urlOf(database: string): string {
    const url = new URL(this.#server.url);
    url.pathname = `/${database}`;
    return url.href;
  }

  async #run(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
    await withConnection(this.#server.url, work);
  }
}

async function withConnection(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

/**
 * A community that has been at it for a while: an account, its link and a history of credits for everybody but the staff, and a grant
 * without limits for the staff's role. Empty tables would mislead PostgreSQL, which plans by their size.
 */
export async function seed(url: string): Promise<void> {
  await withConnection(url, async (sql) => {
    await seedAccounts(sql);
    await seedHistory(sql);
    await sql`
      insert into grants (subject_kind, subject_id, preset, created_by, origin)
      values ('role', ${STAFF_ROLE_ID}, 'moderator', ${OWNER_ID}, 'bench')`;
    await sql`vacuum analyze`;
  });
}

async function seedAccounts(sql: postgres.Sql): Promise<void> {
  const holders = CROWD.flatMap(({ account, userId }) => (account === null ? [] : { ...account, userId }));
  const ids = holders.map(({ id }) => id);
  const usernames = holders.map(({ username }) => username);
  const userIds = holders.map(({ userId }) => userId);
  await sql`
    insert into builtin_accounts (id, panel, email, username, name, roles, verified, balance_minor, created_at)
    overriding system value
    select id, 'main', username || '@example.com', username, username, '{customer}', true, ${DEEDS * DEED_MINOR}::integer,
      now() - interval '90 days'
    from unnest(${ids}::bigint[], ${usernames}::text[]) as crowd (id, username)`;
  await sql`
    insert into directory (panel, account_id, email, username, name, status, roles, verified, balance_minor, unit_code,
      unit_scale, created_at, seen_at)
    select panel, id::text, email, username, name, status, roles, verified, balance_minor, 'credits', 2, created_at, now()
    from builtin_accounts`;
  await sql`
    insert into links (panel, account_id, user_id, proof, created_by)
    select 'main', id::text, user_id, 'code', user_id
    from unnest(${ids}::bigint[], ${userIds}::text[]) as crowd (id, user_id)`;
}

/** Every account's balance, given by the owner in equal parts over the last months. */
async function seedHistory(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into operations (key, input_hash, verb, state, actor_id, panel, account_id, member_id, input, reason, delta_minor,
      unit_code, unit_scale, attempt_token, created_at, ended_at)
    select 'bench:' || account_id || ':' || deed, 'bench', 'credits.grant', 'succeeded', ${OWNER_ID}, panel, account_id,
      user_id, '{}', 'Power cut', ${DEED_MINOR}::integer, 'credits', 2, 'bench', at, at
    from links, generate_series(1, ${DEEDS}::integer) as deed, lateral (select now() - (90 - 10 * deed) * interval '1 day' as at)
    order by deed, account_id`;
  await sql`
    insert into ledger (panel, account_id, kind, delta_minor, balance_minor, unit_code, unit_scale, operation, at)
    select panel, account_id, 'ours', delta_minor, sum(delta_minor) over (partition by panel, account_id order by number),
      unit_code, unit_scale, number, created_at
    from operations order by number`;
  await sql`
    insert into builtin_receipts (panel, reference, account_id, action, balance_before_minor, balance_after_minor, at)
    select ledger.panel, key, ledger.account_id::bigint, 'credits.add', balance_minor - ledger.delta_minor, balance_minor, at
    from ledger join operations on operations.number = ledger.operation`;
}
