/** One embedded server for a whole run of the tests, with a migrated database that every test's own is copied from. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Logger, pino } from 'pino';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { joinServer } from '../../src/store/embedded/server.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server's own database, in which tests only make and drop theirs. */
    databaseServerUrl: string;
  }
}

export const TEMPLATE = 'steward_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'steward-test-'));
  const removeData = () => rm(dataDir, { recursive: true, force: true });
  const log = pino({ level: 'warn' });
  try {
    // What a power cut would take is worth nothing here; everything else is as it is for people.
    const server = await joinServer(dataDir, log, { fsync: 'off', full_page_writes: 'off', max_connections: 200 });
    const teardown = () => server.leave().then(removeData);
    await makeTemplate(server.url, log).catch((error: unknown) => teardown().then(() => Promise.reject(error)));
    project.provide('databaseServerUrl', server.url);
    return teardown;
  } catch (error) {
    await removeData();
    throw error;
  }
}

async function makeTemplate(serverUrl: string, log: Logger): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  await sql`create database ${sql(TEMPLATE)}`.finally(() => sql.end());
  await migrate(databaseUrl(serverUrl, TEMPLATE), log);
}

/** The address of another database of the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
