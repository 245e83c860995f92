/** One bot, its local Discord and its database, for as long as something is measured on them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BotName, BotProcess } from './bot.ts';
import type { DatabaseServer } from './database.ts';
import type { Load, LoadResult } from './discord/load.ts';
import { RemoteDiscord } from './discord/remote.ts';
import type { Cores } from './machine.ts';
import type { Options } from './options.ts';
import { OWNER_ID } from './people.ts';
import { coreBusyMs, processCpuMs, residentBytes } from './process-usage.ts';

/** What every part of a benchmark works with. */
export interface Bench {
  readonly options: Options;
  readonly cores: Cores | null;
  readonly database: DatabaseServer;
  /** Says what is going on. */
  readonly say: (sentence: string) => void;
}

export interface StageOptions {
  /** Where the bot keeps its files, for one who starts where another stopped; a folder of its own by default. */
  readonly dataDir?: string;
  /** Whether the bot gets the address of a database full of accounts, or starts its own embedded server. */
  readonly database?: 'given' | 'embedded';
  /** Whether nothing is there that Node keeps of an earlier start. */
  readonly uncompiled?: boolean;
  /** Whether the bot can be profiled. */
  readonly profiled?: boolean;
}

export interface Measurement extends LoadResult {
  readonly answersPerSecond: number;
  /** CPU time of the bot's process with all its threads, in milliseconds. */
  readonly cpuMsPerAnswer: number;
  /** Share (0 to 1) of the time for which the bot's core worked for others than the bot. */
  readonly strangersShare: number;
  /** Share (0 to 1) of the time for which the core of the local Discord and PostgreSQL worked. */
  readonly otherCoreShare: number;
}

const READY_WITHIN_MS = 60_000;
const SECRET_KEY = 'benchmark-'.repeat(8);

export class Stage implements AsyncDisposable {
  readonly bot: BotProcess;
  /** From the start of the process until its commands could be used, in milliseconds. */
  readonly readyMs: number;
  readonly #bench: Bench;
  readonly #discord: RemoteDiscord;
  readonly #opened: AsyncDisposableStack;

  private constructor(
    bench: Bench,
    discord: RemoteDiscord,
    bot: BotProcess,
    readyMs: number,
    opened: AsyncDisposableStack,
  ) {
    this.#bench = bench;
    this.#discord = discord;
    this.bot = bot;
    this.readyMs = readyMs;
    this.#opened = opened;
  }

  /** Starts it all and waits until the bot is ready. */
  static async open(bench: Bench, name: BotName, options: StageOptions = {}): Promise<Stage> {
    await using opened = new AsyncDisposableStack();
    const discord = opened.use(await RemoteDiscord.start());
    const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'steward-bench-bot-')));
    if (options.dataDir === undefined) opened.defer(() => rm(dataDir, { recursive: true, force: true }));
    const environment = {
      DISCORD_API_URL: discord.address.apiUrl,
      DISCORD_TOKEN: discord.address.token,
      GUILD_IDS: discord.address.guildId,
      OWNER_IDS: OWNER_ID,
      DATA_DIR: dataDir,
      HTTP_PORT: '0',
      ...(options.uncompiled ? { NODE_DISABLE_COMPILE_CACHE: '1' } : {}),
      ...(options.database === 'embedded' ? {} : { DATABASE_URL: await bench.database.freshDatabase(), SECRET_KEY }),
    };
    const startedAtMs = performance.now();
    const bot = opened.use(
      await BotProcess.start(name, environment, { core: bench.cores?.bot, profiled: options.profiled }),
    );
    await Promise.race([discord.botReady(), bot.failed, timeout(READY_WITHIN_MS)]);
    return new Stage(bench, discord, bot, performance.now() - startedAtMs, opened.move());
  }

  run(load: Load): Promise<LoadResult> {
    return Promise.race([this.#discord.run(load), this.bot.failed]);
  }

  /** Runs a load and says what it cost. */
  async measure(load: Load): Promise<Measurement> {
    const before = this.#usage();
    const result = await this.run(load);
    const after = this.#usage();
    const elapsedMs = after.atMs - before.atMs;
    const cpuMs = after.cpuMs - before.cpuMs;
    return {
      ...result,
      answersPerSecond: (result.answers / result.durationMs) * 1_000,
      cpuMsPerAnswer: cpuMs / result.answers,
      strangersShare: Math.max(0, after.botCoreMs - before.botCoreMs - cpuMs) / elapsedMs,
      otherCoreShare: (after.otherCoreMs - before.otherCoreMs) / elapsedMs,
    };
  }

  /** The bot's resident memory in bytes, after a pause. */
  async residentBytes(): Promise<number> {
    await sleep(this.#bench.options.settleMs);
    return residentBytes(this.bot.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }

  #usage() {
    const { cores } = this.#bench;
    return {
      atMs: performance.now(),
      cpuMs: processCpuMs(this.bot.pid),
      botCoreMs: cores === null ? Number.NaN : coreBusyMs(cores.bot),
      otherCoreMs: cores === null ? Number.NaN : coreBusyMs(cores.others),
    };
  }
}

async function timeout(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`The bot was not ready within ${ms / 1_000} s.`);
}
