/** Starts the server of the tests in a folder of its own, says where it is, and removes both when its input ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import postgres from 'postgres';
import { joinServer } from '../../src/store/embedded/server.ts';
import { migrate } from '../../src/store/migrate.ts';
import { databaseUrl, TEMPLATE } from './database-url.ts';

// A run that was killed has closed our output, too.
process.stdout.on('error', () => undefined);
await using stack = new AsyncDisposableStack();
const dataDir = await mkdtemp(path.join(tmpdir(), 'steward-test-'));
stack.defer(() => rm(dataDir, { recursive: true, force: true }));
const log = pino({ level: 'warn' }, pino.destination(2));
// What a power cut would take is worth nothing here; everything else is as it is for people.
const server = await joinServer(dataDir, log, { fsync: 'off', full_page_writes: 'off', max_connections: 200 });
stack.defer(() => server.leave());
const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
await sql`create database ${sql(TEMPLATE)}`.finally(() => sql.end());
await migrate(databaseUrl(server.url, TEMPLATE), log);
process.stdout.write(`${server.url}\n`);
for await (const _ of process.stdin);
