import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalDiscord } from '../discord/server.ts';

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

/** Steward in a process of its own, with the local Discord in place of the real one. */
export class BotProcess {
  readonly #child: ChildProcess;
  readonly exited: Promise<number>;

  /** @param dataDir folder of the bot's data and of its log, `steward.log` */
  constructor(discord: LocalDiscord, dataDir: string) {
    const log = openSync(join(dataDir, 'steward.log'), 'a', 0o600);
    this.#child = fork(pathOf('../../src/main.ts'), {
      // A folder without `.env`, which may hold the token of a real bot.
      cwd: dataDir,
      env: { ...inherited(), ...settings(discord, dataDir) },
      execArgv: ['--import', new URL('../bot.ts', import.meta.url).href],
      stdio: ['ignore', log, 'inherit', 'ipc'],
    });
    this.exited = once(this.#child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1));
  }

  /** Lets it finish what it is doing; ends it if that takes too long. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const overdue = setTimeout(() => this.#child.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.exited;
    clearTimeout(overdue);
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
    PANEL_MAIN_LABEL: 'Harbour panel',
  };
}

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
