/** The folder of the embedded server: its data, and the password with which it is reached. */
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoreFault } from '../fault.ts';
import {
  exists,
  type Identity,
  installedPrograms,
  isRoot,
  reachablePrograms,
  runProgram,
  systemUser,
} from './programs.ts';

/** The superuser of the embedded server, and its only user. */
export const USER = 'steward';

export interface ServerFolder {
  /** PostgreSQL's data directory. */
  readonly cluster: string;
  /** What the programs are told as data directory. */
  readonly clusterArgument: string;
  readonly password: string;
  /** Name of the server that serves this very folder, and not a copy of it. */
  readonly serverName: string;
  readonly identity: Identity;
  readonly programs: string;
}

/** Finds or makes the folder. Two processes that make it at once end up with the same one. */
export async function serverFolder(dataDir: string): Promise<ServerFolder> {
  const folder = path.resolve(dataDir, 'postgres');
  const cluster = path.join(folder, 'cluster');
  if (!(await exists(folder))) await makeFolder(path.resolve(dataDir), folder);
  try {
    const password = await readFile(path.join(folder, 'password'), 'utf8');
    const version = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim();
    const { uid, gid, dev, ino } = await stat(cluster);
    const identity = isRoot() ? { uid, gid } : {};
    const programs = await reachablePrograms(installedPrograms(), identity);
    await requireVersion(programs, version, folder);
    const clusterArgument = argumentFor(cluster);
    return { cluster, clusterArgument, password, serverName: `steward-${dev}-${ino}`, identity, programs };
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    throw new StoreFault(
      `The embedded PostgreSQL's folder ${folder} cannot be used. Start Steward as the user who owns it, or restore it whole from a backup.`,
      { cause: error },
    );
  }
}

/** Everything is made beside the folder and moved into place at the end, so that a folder is there whole or not at all. */
async function makeFolder(dataDir: string, folder: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(path.join(dataDir, 'postgres.new-'));
  try {
    await initialise(staging);
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  }
  const abandoned = (await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'));
  for (const name of abandoned) await rm(path.join(dataDir, name), { recursive: true, force: true });
}

async function initialise(staging: string): Promise<void> {
  const cluster = path.join(staging, 'cluster');
  const password = path.join(staging, 'password');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(password, randomBytes(32).toString('base64url'), { mode: 0o600 });
  const identity = isRoot() ? await systemUser() : {};
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(cluster, identity.uid, identity.gid);
    await chown(password, identity.uid, identity.gid);
  }
  await chmod(staging, 0o700);
  const programs = await reachablePrograms(installedPrograms(), identity);
  const options = [
    `--pgdata=${argumentFor(cluster)}`,
    `--username=${USER}`,
    '--pwfile=/dev/stdin',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorted by code point and lower-cased as Unicode says, the same on every machine and after every upgrade of its libraries:
    // an index built under one order is never read under another. https://www.postgresql.org/docs/18/locale.html
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
  await runProgram(path.join(programs, 'bin', 'initdb'), options, { identity, cwd: cluster, input: password });
}

/**
 * The programs enter the data directory before they lose root's rights, and find it as their working folder. So it may lie where
 * only root can go, such as root's home, and no folder has to be opened to others.
 */
function argumentFor(cluster: string): string {
  return isRoot() && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

async function requireVersion(programs: string, version: string, folder: string): Promise<void> {
  const manifest = await readFile(path.join(programs, 'share', 'postgresql', 'postgres.bki'), 'utf8');
  const brought = /^# PostgreSQL (\d+)/.exec(manifest)?.[1];
  if (brought === version) return;
  throw new StoreFault(
    `${folder} was made by PostgreSQL ${version}, and this Steward brings ${brought}. Move the data with pg_dump to a PostgreSQL of your own and set DATABASE_URL, or go back to the Steward that made it.`,
  );
}
