/** Looking at the server from outside: does one run on this folder, and what did it say last? */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ServerFolder } from './folder.ts';

const execute = promisify(execFile);

export interface RunningServer {
  /** Null until it has said where it listens. */
  readonly port: number | null;
}

/** Larger than any process id can be. */
const NO_PROCESS = 2 ** 31 - 1;

/**
 * The server that runs on the folder, as told by the file that PostgreSQL keeps there. After a crash that file names a process
 * that is gone, or, where process ids are soon used again as in a container, one that is something else.
 */
export async function runningServer(folder: ServerFolder): Promise<RunningServer | null> {
  const file = path.join(folder.cluster, 'postmaster.pid');
  const [pid, ...rest] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  if (!Number(pid)) return null;
  if ((await commandLine(Number(pid))).includes(`cluster_name=${folder.serverName}`))
    return { port: Number(rest[2]) || null };
  // PostgreSQL does not start beside a process of this id, whatever it is; not even beside one that is dead but not buried, as
  // orphans remain in a container without an init. The file must stay: by it PostgreSQL sees whether children of the dead server
  // still have its memory.
  if (isThere(Number(pid))) await writeFile(file, [NO_PROCESS, ...rest].join('\n'));
  return null;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** How a process was started; empty when there is none, or a dead one. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return await execute('ps', ['-ww', '-o', 'command=', '-p', `${pid}`]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** The last lines of the server's log. */
export async function lastWords(folder: ServerFolder): Promise<string> {
  const log = await readFile(path.join(folder.cluster, 'server.log'), 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-3).join(' · ') || 'nothing';
}
