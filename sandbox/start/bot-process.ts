import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalDiscord } from '../discord/server.ts';
import type { BotOrder, BotReport } from '../hurt/bot-orders.ts';

const STOP_WITHIN_MS = 15_000;

/** What the bot may know of this machine; its own settings come from the sandbox alone, not from anybody's `.env`. */
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'LOG_LEVEL',
  'TIME_ZONE',
  'LOCALE',
];

interface BotEvents {
  report: [report: BotReport];
  /** It has ended without being asked to. */
  ended: [exitCode: number];
}

/** Steward in a process of its own, with the local Discord in place of the real one. */
export class BotProcess extends EventEmitter<BotEvents> {
  readonly #dataDir: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log: number;
  readonly #onExit = (code: number | null) => this.emit('ended', code ?? 1);
  #child: ChildProcess;
  #restarted = Promise.resolve();

  /**
   * @param dataDir folder of the bot's data and of its log, `steward.log`
   * @param panels what it is told of its panels
   */
  constructor(discord: LocalDiscord, dataDir: string, panels: Readonly<Record<string, string>>) {
    super();
    this.#dataDir = dataDir;
    this.#environment = { ...inherited(), ...settings(discord, dataDir), ...panels };
    this.#log = openSync(join(dataDir, 'steward.log'), 'a', 0o600);
    this.#child = this.#start();
  }

  /** Reaches the process that runs; orders are not kept for the next one. */
  send(order: BotOrder): void {
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }

  /** Ends it on the spot, as `kill -9` does, and starts it again; resolves when the new process runs, and has yet to come up. */
  killAndStart(): Promise<void> {
    const killed = this.#end(() => this.#child.kill('SIGKILL'));
    this.#restarted = killed.then(() => {
      this.#child = this.#start();
    });
    return this.#restarted;
  }

  /** Lets it finish what it is doing; ends it if that takes too long. */
  async stop(): Promise<void> {
    await this.#restarted;
    const overdue = setTimeout(() => this.#child.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.#end(() => this.#child.connected && this.#child.disconnect());
    clearTimeout(overdue);
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('../bot.ts', import.meta.url)), {
      // A folder without `.env`, which may hold the token of a real bot.
      cwd: this.#dataDir,
      env: this.#environment,
      execArgv: [],
      stdio: ['ignore', this.#log, 'inherit', 'ipc'],
    });
    child.on('message', (report: BotReport) => this.emit('report', report));
    child.once('exit', this.#onExit);
    return child;
  }

  async #end(ask: () => unknown): Promise<void> {
    const child = this.#child;
    child.off('exit', this.#onExit);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    ask();
    await exited;
  }
}

function settings(discord: LocalDiscord, dataDir: string): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    GUILD_IDS: discord.guildId,
    OWNER_IDS: discord.state.guild.ownerId,
    DATA_DIR: dataDir,
    HTTP_PORT: '0',
  };
}

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
