/** A real, fresh database for each test file. */
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { open, type Store } from '../../src/store/connect.ts';
import { databaseUrl, TEMPLATE } from './database-url.ts';

export interface TestDatabase {
  /** Address for a process of its own. */
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes a database with all tables and no rows; an empty one on request. Whoever made it drops it. */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer((sql) => sql.unsafe(`create database ${name}${empty ? '' : ` template ${TEMPLATE}`}`));
  return {
    url: databaseUrl(inject('databaseServerUrl'), name),
    drop: () => onServer((sql) => sql.unsafe(`drop database if exists ${name} with (force)`)),
  };
}

/**
 * A store with all tables and no rows. Call it at the top of a test file, `const store = await testStore()`, or inside a
 * `describe`: it is closed and dropped after the last test there.
 */
export async function testStore(): Promise<Store> {
  const database = await testDatabase();
  const store = open(database.url, pino({ level: 'warn' }));
  afterAll(async () => {
    await store.close();
    await database.drop();
  });
  return store;
}

async function onServer(run: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(inject('databaseServerUrl'), { max: 1, onnotice: () => undefined });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
}
