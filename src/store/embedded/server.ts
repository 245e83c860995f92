/** Starting, sharing and stopping the embedded server. */
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import postgres from 'postgres';
import { StoreFault } from '../fault.ts';
import { type ServerFolder, serverFolder, USER } from './folder.ts';
import { lastWords, runningServer } from './process.ts';
import { runProgram } from './programs.ts';

/** One process's use of the embedded server. */
export interface EmbeddedServer {
  /** Address of its database, password included: never logged. */
  readonly url: string;
  /** Ends the use. The last process to leave stops the server. */
  leave(): Promise<void>;
}

export type ServerSettings = Readonly<Record<string, string | number>>;

/** Nothing that people wrote gets into its log: a statement that failed, with its details, comes back to us as an error anyway. */
const SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_messages: 'log',
  timezone: 'UTC',
};

/** Key of the advisory lock that all who use the server share. The number itself means nothing. */
const PRESENCE_KEY = 7_362_015;
/** How long a server may take to answer, in milliseconds; long enough to recover from a crash in the middle of much work. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 200;
/** How often a start may fail: after a crash it does while processes of the dead server are still ending. */
const START_ATTEMPTS = 10;

/**
 * Uses the server on `dataDir`: the one that runs there already, or one that is started now. Should it die while it is used, it
 * is started again at the same address.
 *
 * @throws StoreFault when none can be started.
 */
export async function joinServer(dataDir: string, log: Logger, settings: ServerSettings = {}): Promise<EmbeddedServer> {
  const folder = await serverFolder(dataDir);
  let left = false;

  const reach = (port: number | null) => reachServer({ folder, settings, port, log, onLost: reachAgain });
  function reachAgain(): void {
    if (left) return;
    log.warn('the embedded database was lost, and is looked for');
    entry = entry.then((lost) =>
      reach(lost.port).catch((error: unknown) => {
        log.error({ error }, 'the embedded database stays lost');
        return lost;
      }),
    );
  }

  let entry = reach(null);
  const { port } = await entry;
  return {
    url: addressOf(folder, port),
    leave: async () => {
      left = true;
      await leaveServer(folder, (await entry).presence, log);
    },
  };
}

/** Tells the server on `dataDir` to stop, whoever uses it; they lose their connections, and start it again. */
export async function stopServer(dataDir: string): Promise<void> {
  // Who waited for its end could miss it: the next one is started in the blink of an eye.
  await control(await serverFolder(dataDir), ['stop', '--mode=fast', '--no-wait']);
}

interface Entry {
  readonly port: number;
  /** The connection that holds our share of the presence lock. */
  readonly presence: postgres.Sql;
}

interface Search {
  readonly folder: ServerFolder;
  readonly settings: ServerSettings;
  /** Where a server that has to be started shall listen; null: anywhere. */
  readonly port: number | null;
  readonly log: Logger;
  readonly onLost: () => void;
}

async function reachServer(search: Search): Promise<Entry> {
  const { folder, log } = search;
  const deadline = performance.now() + PATIENCE_MS;
  let problem: unknown = null;
  for (let attempts = 0; attempts < START_ATTEMPTS && performance.now() < deadline; ) {
    const running = await runningServer(folder);
    if (running?.port) {
      const presence = await enterServer(folder, running.port, search.onLost);
      if (presence) return { port: running.port, presence };
    } else if (!running) {
      attempts += 1;
      problem = await startServer(search).then(
        () => null,
        (error: unknown) => error,
      );
      if (!problem) log.info({ folder: folder.cluster }, 'the embedded database was started');
      if (!problem) continue;
    }
    await sleep(RETRY_MS);
  }
  throw new StoreFault(
    `The embedded PostgreSQL on ${folder.cluster} does not start or answer. It said: ${await lastWords(folder)}`,
    { cause: problem },
  );
}

/** Null when it is starting, stopping or another folder's: the next look tells. */
async function enterServer(folder: ServerFolder, port: number, onLost: () => void): Promise<postgres.Sql | null> {
  let entered = false;
  const presence = postgres(addressOf(folder, port), {
    max: 1,
    // The lock lives as long as its connection, which therefore is never renewed.
    max_lifetime: null,
    connect_timeout: 10,
    connection: { application_name: 'steward presence' },
    onnotice: () => undefined,
    onclose: () => {
      if (entered) onLost();
    },
  });
  try {
    const [server] = await presence<{ name: string }[]>`
      select current_setting('cluster_name') as name from pg_advisory_lock_shared(${PRESENCE_KEY})`;
    entered = server?.name === folder.serverName;
    if (entered) return presence;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === '28P01') {
      throw new StoreFault(
        `The embedded PostgreSQL on ${folder.cluster} does not know the password in the file beside it. Restore the folder whole from a backup.`,
      );
    }
  }
  await presence.end({ timeout: 0 });
  return null;
}

async function startServer({ folder, settings, port }: Search): Promise<void> {
  const all = { ...SETTINGS, ...settings, cluster_name: folder.serverName, port: port ?? (await freePort()) };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
  await control(folder, ['start', '--log=server.log', `--options=${options.join(' ')}`]);
}

async function leaveServer(folder: ServerFolder, presence: postgres.Sql, log: Logger): Promise<void> {
  try {
    await presence`select pg_advisory_unlock_shared(${PRESENCE_KEY})`;
    const [last] = await presence<{ alone: boolean }[]>`select pg_try_advisory_lock(${PRESENCE_KEY}) as alone`;
    // The lock is held until the server is gone: whoever comes now waits, finds it gone, and starts it anew.
    if (last?.alone) await control(folder, ['stop', '--mode=fast']);
  } catch (error) {
    log.warn({ error }, 'the embedded database was not stopped');
  }
  await presence.end({ timeout: 0 });
}

/** PostgreSQL's `pg_ctl` starts the server in a session of its own, out of reach of the terminal's Ctrl-C. */
function control(folder: ServerFolder, args: readonly string[]): Promise<void> {
  const all = ['--wait', ...args, '--silent', `--timeout=${PATIENCE_MS / 1_000}`, `--pgdata=${folder.clusterArgument}`];
  return runProgram(path.join(folder.programs, 'bin', 'pg_ctl'), all, {
    identity: folder.identity,
    cwd: folder.cluster,
  });
}

function addressOf(folder: ServerFolder, port: number): string {
  return `postgres://${USER}:${folder.password}@127.0.0.1:${port}/postgres`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
