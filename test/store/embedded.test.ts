import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Store } from '../../src/store/connect.ts';
import {
  exists,
  installedPrograms,
  isRoot,
  reachablePrograms,
  runProgram,
  systemUser,
} from '../../src/store/embedded/programs.ts';
import { joinServer, stopServer } from '../../src/store/embedded/server.ts';

const log = pino({ level: 'silent' });
const NOBODY = 65_534;
/** A folder that was used before: copying it is quicker than making one for each test. */
let prepared: string;
let dataDir: string;
let children: ChildProcess[];

beforeAll(async () => {
  prepared = path.join(await mkdtemp(path.join(tmpdir(), 'steward-prepared-')), 'data');
  await (await connect({ databaseUrl: null, dataDir: prepared }, log)).close();
});

afterAll(() => rm(path.dirname(prepared), { recursive: true, force: true }));

beforeEach(async () => {
  dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'steward-embedded-')), 'data');
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  // Whoever leaves last stops what a failed test has left running.
  if (await isRunning()) await (await joinServer(dataDir, log)).leave();
  await rm(path.dirname(dataDir), { recursive: true, force: true });
});

const openStore = () => connect({ databaseUrl: null, dataDir }, log);

/** Opens the store where Steward has been before. */
async function openUsedStore(): Promise<Store> {
  await copy(prepared, dataDir);
  return await openStore();
}

/** With owners, as a backup keeps them. */
const copy = (from: string, to: string) => runProgram('/bin/cp', ['-a', from, to], { identity: {}, cwd: '/' });

/** A process of its own that holds the store open. */
async function holdStore(options: { uid?: number; gid?: number } = {}): Promise<{ child: ChildProcess; port: string }> {
  const program = path.join(import.meta.dirname, 'fixtures', 'hold-store.ts');
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['pipe', 'pipe', 'inherit'], ...options });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { child, ...JSON.parse(String(line)) };
}

const processFile = () => path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
const serverProcess = async () => Number((await readFile(processFile(), 'utf8')).split('\n')[0]);
const isRunning = () => exists(processFile());

const remember = (store: Store, name: string) =>
  store.sql`insert into settings ${store.sql({ name, value: store.sql.json(name), changed_by: '1' })}`;
const remembered = async (store: Store) => (await store.sql`select name from settings`).map((row) => row.name);

test('the server is closed to others: loopback, a password, folders of its own', async () => {
  const store = await openStore();
  const [server] = await store.sql`
    select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
      current_setting('fsync') as fsync, current_setting('port') as port, current_setting('server_encoding') as encoding`;
  expect(server).toMatchObject({ addresses: '127.0.0.1', sockets: '', fsync: 'on', encoding: 'UTF8' });
  const stranger = postgres(`postgres://steward:guess@127.0.0.1:${server?.port}/postgres`, { max: 1 });
  await expect(stranger`select 1`).rejects.toThrow(/password authentication failed/);
  await stranger.end();
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(dataDir, 'postgres', 'password'))).mode & 0o777).toBe(0o600);
  await store.close();
});

test('it stops with its only user, and everything is still there when it is started again', async () => {
  const first = await openUsedStore();
  await remember(first, 'kept');
  await first.close();
  expect(await isRunning()).toBe(false);

  const second = await openStore();
  expect(await remembered(second)).toEqual(['kept']);
  await second.close();
});

test('it outlives a killed Steward, and the next one takes it over', async () => {
  const { child } = await holdStore();
  const pid = await serverProcess();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(process.kill(pid, 0)).toBe(true);

  const store = await openStore();
  expect(await serverProcess()).toBe(pid);
  await store.close();
  expect(await isRunning()).toBe(false);
});

test('two that start at once on nothing share one server, which stays until both have left', async () => {
  const [first, second] = await Promise.all([holdStore(), holdStore()]);
  expect(first.port).toBe(second.port);
  const pid = await serverProcess();

  first.child.stdin?.end();
  await once(first.child, 'exit');
  expect(process.kill(pid, 0)).toBe(true);
  second.child.stdin?.end();
  await once(second.child, 'exit');
  expect(await isRunning()).toBe(false);
});

test.each([
  { how: 'dies', end: async (pid: number) => void process.kill(pid, 'SIGKILL') },
  { how: 'is stopped while it is used', end: async () => stopServer(dataDir) },
])('a server that $how is started again where it was, with what it had', async ({ end }) => {
  const store = await openUsedStore();
  await remember(store, 'kept');
  const pid = await serverProcess();
  await end(pid);
  await expect.poll(serverProcess, { timeout: 15_000 }).not.toBe(pid);
  await expect.poll(() => remembered(store).catch(() => 'not yet'), { timeout: 15_000 }).toEqual(['kept']);
  await store.close();
});

test('a file that names another process as the server does not keep it from starting', async () => {
  await (await openUsedStore()).close();
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  children.push(other);
  const cluster = path.join(dataDir, 'postgres', 'cluster');
  await writeFile(processFile(), `${other.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n`);
  const store = await openStore();
  expect(await serverProcess()).not.toBe(other.pid);
  await store.close();
});

test('a copy of the folder is not served by the server of the original', async () => {
  const original = await openUsedStore();
  await remember(original, 'original');
  const copied = path.join(path.dirname(dataDir), 'copy');
  await original.sql`checkpoint`;
  await copy(dataDir, copied);
  const other = await joinServer(copied, log);
  expect(new URL(other.url).port).not.toBe((await original.sql`show port`)[0]?.port);
  await other.leave();
  expect(await remembered(original)).toEqual(['original']);
  await original.close();
});

test('a folder made by another PostgreSQL, and one that is not whole, are refused in words', async () => {
  await (await openUsedStore()).close();
  const version = path.join(dataDir, 'postgres', 'cluster', 'PG_VERSION');
  await writeFile(version, '17\n');
  await expect(openStore()).rejects.toThrow(/was made by PostgreSQL 17, and this Steward brings 18.*DATABASE_URL/);
  await rm(version);
  await expect(openStore()).rejects.toThrow(/cannot be used. Start Steward as the user who owns it/);
});

if (!isRoot()) console.warn('What only root can do is skipped: these tests are not run by root.');
describe.runIf(isRoot())('started by root', () => {
  test('the server runs as a user of its own, in folders that only root can enter', async () => {
    await chmod(path.dirname(dataDir), 0o700);
    const store = await openUsedStore();
    const { uid } = await systemUser();
    expect(uid).toBeGreaterThan(0);
    expect((await stat(`/proc/${await serverProcess()}`)).uid).toBe(uid);
    await store.close();
  });

  test('its programs are copied when they lie where only root can go', async () => {
    const closed = path.join(path.dirname(dataDir), 'closed');
    const copies = await mkdtemp(path.join(tmpdir(), 'steward-copies-'));
    await chmod(path.dirname(dataDir), 0o700);
    await chmod(copies, 0o755);
    await cp(path.dirname(installedPrograms()), closed, { recursive: true, verbatimSymlinks: true });
    const identity = await systemUser();
    const programs = await reachablePrograms(path.join(closed, 'native'), identity, copies);
    expect(programs.startsWith(copies)).toBe(true);
    await runProgram(path.join(programs, 'bin', 'postgres'), ['--version'], { identity, cwd: '/' });
    await rm(copies, { recursive: true });
  });

  test('an ordinary user has a server that runs as that user, and root can take it over', async () => {
    await chown(path.dirname(dataDir), NOBODY, NOBODY);
    const { child } = await holdStore({ uid: NOBODY, gid: NOBODY });
    expect((await stat(`/proc/${await serverProcess()}`)).uid).toBe(NOBODY);
    child.stdin?.end();
    await once(child, 'exit');

    const store = await openStore();
    expect((await stat(`/proc/${await serverProcess()}`)).uid).toBe(NOBODY);
    await store.close();
  });
});
