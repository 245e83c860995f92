/** Looking at the server from outside: does one run on this folder, and what did it say last? */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ServerFolder } from './folder.ts';

const execute = promisify(execFile);

export interface RunningServer {
  /** Null until it has said where it listens. */
  readonly port: number | null;
}

/**
 * The server that runs on the folder, as told by the file that PostgreSQL keeps there. After a crash that file names a process
 * that is gone, or, where process ids are used again soon as in a container, one that is something else.
 */
export async function runningServer(folder: ServerFolder): Promise<RunningServer | null> {
  const file = path.join(folder.cluster, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid) return null;
  const command = await commandLine(pid);
  if (command.includes(`cluster_name=${folder.serverName}`)) return { port: Number(lines[3]) || null };
  // PostgreSQL itself copes with a process that is gone, and would refuse to start beside one that is something else.
  if (command) await rm(file, { force: true });
  return null;
}

/** How a process was started; empty when there is none. */
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
