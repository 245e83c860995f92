/** The whole sandbox in a process of its own, started as people start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

export class Sandbox {
  readonly #child: ChildProcess;
  #complaints = '';
  #address = '';

  /** @param folder Where it runs, and keeps its data in `.sandbox`, or beside it with other panels. */
  constructor(folder: string, options: readonly string[]) {
    this.#child = spawn(process.execPath, [MAIN, '--no-open', ...options], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stderr?.on('data', (chunk) => {
      this.#complaints += chunk;
    });
  }

  /** Where the page is. */
  get address(): string {
    return this.#address;
  }

  /** What it wrote to the standard error: failures of its own, and requests of the bot that Discord would have refused. */
  get complaints(): string {
    return this.#complaints;
  }

  /** @throws when it ends before it says where the page is. */
  async ready(): Promise<this> {
    const { stdout } = this.#child;
    if (stdout) {
      for await (const line of createInterface(stdout)) {
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
        if (address === undefined) continue;
        this.#address = address;
        return this;
      }
    }
    throw new Error(`The sandbox ended without printing an address.\n${this.#complaints}`);
  }

  /** Ends it, and returns its exit code: null when the signal itself ended it. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    return (await ended)[0];
  }
}

/** Starts the sandbox in `folder`, with more options if any; resolves when its page can be opened. */
export async function startSandbox(folder: string, ...options: readonly string[]): Promise<Sandbox> {
  const sandbox = new Sandbox(folder, options);
  try {
    return await sandbox.ready();
  } catch (error) {
    await sandbox.stop('SIGKILL');
    throw error;
  }
}
