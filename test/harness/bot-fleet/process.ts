/** The process of one bot, as the test has it in hand. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BotProcessOptions, Order, Report } from './orders.ts';

export interface BotProcess {
  /** Everything that reaches this point from now on stops there, beside what was stopped before. */
  hold(point: string): Promise<void>;
  /** Waits until so many have been stopped there since, or one. @throws when the process ends before. */
  untilHeld(count?: number): Promise<void>;
  /** All that was stopped goes on: to the end, or to a further point. */
  letGo(to?: string): Promise<void>;
  /** Ends it as a power cut would. @throws when it has ended by itself before. */
  kill(): Promise<void>;
  /** Lets it stand still where it is, whatever becomes of the world meanwhile. */
  freeze(): Promise<void>;
  wake(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('bot-process.ts', import.meta.url));
const COMPILE_CACHE = new URL('../../../src/compile-cache.js', import.meta.url).href;

/** Resolves when it takes interactions. */
export async function startProcess(options: BotProcessOptions): Promise<BotProcess> {
  const child = fork(SCRIPT, { serialization: 'advanced', execArgv: ['--import', COMPILE_CACHE] });
  const reports = listen(child);
  child.send(options);
  await reports.next('ready');
  const obey = async (order: Order) => {
    const obeyed = reports.next('obeyed');
    child.send(order);
    await obeyed;
  };
  let freezer: ChildProcess | null = null;
  const wake = async () => {
    const waking = freezer;
    freezer = null;
    waking?.stdin?.end();
    if (waking) await once(waking, 'exit');
  };
  return {
    hold: (point) => obey({ kind: 'hold', point }),
    untilHeld: reports.untilHeld,
    letGo: (to) => obey({ kind: 'let go', to: to ?? null }),
    async kill() {
      if (child.exitCode !== null) throw new Error('the bot has ended by itself; what it said stands above');
      if (child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await wake();
    },
    async freeze() {
      freezer = await freeze(child.pid ?? 0);
    },
    wake,
  };
}

/** Stops a process for as long as the one that is returned has an input: were we killed, nothing would stand still for ever. */
async function freeze(pid: number): Promise<ChildProcess> {
  const script = 'kill -STOP "$0" && echo stopped && cat; kill -CONT "$0" 2>/dev/null';
  const freezer = spawn('sh', ['-c', script, String(pid)], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(freezer.stdout, 'data');
  return freezer;
}

/** What a process reports: that it obeys, and how much it has stopped since. */
function listen(child: ChildProcess) {
  let held = 0;
  const waiting = new Set<() => void>();
  let last: Report['kind'] | null = null;
  let ended = false;
  const wakeAll = () => {
    for (const look of [...waiting]) look();
  };
  child.on('message', (said: Report) => {
    held = said.kind === 'held' ? held + 1 : 0;
    if (said.kind !== 'held') last = said.kind;
    wakeAll();
  });
  child.on('exit', () => {
    ended = true;
    wakeAll();
  });
  const until = (what: string, isSo: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isSo() && !ended) return;
        waiting.delete(look);
        if (isSo()) resolve();
        else reject(new Error(`the bot ended before ${what}`));
      };
      waiting.add(look);
      look();
    });
  return {
    next(kind: 'ready' | 'obeyed') {
      last = null;
      return until(`it was ${kind}`, () => last === kind);
    },
    untilHeld: (count = 1) => until(`it had stopped ${count}`, () => held >= count),
  };
}
