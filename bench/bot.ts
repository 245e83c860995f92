/** The bots that are compared, and the process of one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onCore } from './machine.ts';

const fileAt = (place: string) => fileURLToPath(new URL(place, import.meta.url));

/** What `npm start` loads before Steward. The bare bots get it, too: compiling our files is not what is compared. */
export const COMPILE_CACHE = fileAt('../src/compile-cache.js');

/** Who is compared. The two bare ones know `/account view` alone and do for it what a bot cannot do without. */
export const BOTS = {
  floor: { label: 'ws + undici', program: fileAt('bots/floor.ts') },
  discordJs: { label: 'discord.js', program: fileAt('bots/discord-js.ts') },
  steward: { label: 'Steward', program: fileAt('../src/main.ts') },
  /** Steward with a built-in panel that keeps some people waiting. */
  stewardWithSlowPanel: { label: 'Steward', program: fileAt('bots/steward-slow-panel.ts') },
} as const;

export type BotName = keyof typeof BOTS;

export interface BotOptions {
  /** The only core it may run on. */
  readonly core?: number | undefined;
  /** Whether it takes the messages of `bots/profiler.ts`. */
  readonly profiled?: boolean | undefined;
}

/** How long a bot may take to end by itself, in milliseconds, before it is killed. */
const STOP_WITHIN_MS = 15_000;

export class BotProcess implements AsyncDisposable {
  readonly pid: number;
  /** Rejects if the bot ends before it is told to. */
  readonly failed: Promise<never>;
  readonly #process: ChildProcess;
  readonly #logFile: string;
  #isStopping = false;

  private constructor(process: ChildProcess, pid: number, logFile: string) {
    this.#process = process;
    this.pid = pid;
    this.#logFile = logFile;
    this.failed = this.#failure();
    this.failed.catch(() => undefined);
  }

  /** @param environment All that the bot gets of it, beside where programs are found. */
  static async start(
    bot: BotName,
    environment: Readonly<Record<string, string>>,
    { core, profiled = false }: BotOptions = {},
  ): Promise<BotProcess> {
    const logFile = path.join(tmpdir(), `steward-bench-${process.pid}-${bot}.log`);
    const log = await open(logFile, 'w');
    const { label, program } = BOTS[bot];
    const ours = ['bots/stop-with-bench.ts', ...(profiled ? ['bots/profiler.ts'] : [])].map(fileAt);
    const imports = [COMPILE_CACHE, ...ours].flatMap((file) => ['--import', file]);
    const command = onCore(core, [process.execPath, ...imports, program]);
    const child = spawn(command[0] ?? process.execPath, command.slice(1), {
      env: { PATH: process.env.PATH ?? '', ...environment },
      // Away from the project, whose `.env` is not for benchmarks.
      cwd: tmpdir(),
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
    await once(child, 'spawn');
    await log.close();
    if (child.pid === undefined) throw new Error(`${label} did not start.`);
    return new BotProcess(child, child.pid, logFile);
  }

  send(message: string): void {
    this.#process.send(message);
  }

  /** Sends a message and waits for the answer to it. */
  async ask(message: string): Promise<unknown> {
    const answered = once(this.#process, 'message');
    this.send(message);
    const [answer] = await Promise.race([answered, this.failed]);
    return answer;
  }

  /** Asks the bot to end and waits until it has. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    if (!this.#hasEnded()) await this.#stop();
    await rm(this.#logFile, { force: true });
  }

  async #stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(impatience);
  }

  #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async #failure(): Promise<never> {
    const [code, signal] = await once(this.#process, 'exit');
    if (this.#isStopping) return new Promise<never>(() => undefined);
    const log = await readFile(this.#logFile, 'utf8').catch(() => '');
    throw new Error(`The bot ended with ${signal ?? code}. The last that it said:\n${log.slice(-2_000)}`);
  }
}
