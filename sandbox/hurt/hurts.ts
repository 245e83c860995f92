import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../src/store/connect.ts';
import type { LocalDiscord } from '../discord/server.ts';
import type { BotProcess } from '../start/bot-process.ts';
import type { RunningPanel } from '../start/panels.ts';
import type { BotFault, BotReport } from './bot-orders.ts';
import { PanelStops } from './panel-stops.ts';
import type { HurtView } from './protocol.ts';

const WORDS = {
  slow: { title: 'Panel slow by 10 s', will: 'The panel begins on the next change ten seconds late.' },
  dies: { title: 'Panel dies after acting', will: 'The panel makes the next change, and its answer is lost.' },
  twice: { title: 'Deliver twice', will: 'The next command, button or form reaches the bot twice.' },
  restart: { title: 'Restart the database', will: 'PostgreSQL is stopped and started while the bot lives.' },
  kill: {
    title: 'Kill the bot in the middle of a grant',
    will: 'At the next change: once the panel has acted, before that is stored (kill -9); then starts it again.',
  },
} as const satisfies Readonly<Record<string, Pick<HurtView, 'title' | 'will'>>>;

type HurtId = keyof typeof WORDS;

function isHurtId(id: string): id is HurtId {
  return Object.hasOwn(WORDS, id);
}

type Progress = Pick<HurtView, 'phase' | 'says'>;

const READY: Progress = { phase: 'ready', says: null };
const ARMED: Progress = { phase: 'armed', says: 'Armed: waits for the next change.' };
const ARMED_FOR_ANYTHING: Progress = { phase: 'armed', says: 'Armed: waits for what is done next.' };

/** How long bot and database may take to be back. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 50;

interface Parts {
  readonly bot: BotProcess;
  readonly discord: LocalDiscord;
  readonly store: Store;
  readonly stopDatabase: () => Promise<void>;
  /** Those that can be stopped. */
  readonly panels: readonly RunningPanel[];
}

/** The buttons of the drawer: what each waits for, and what it did. */
export class Hurts extends EventEmitter<{ change: [] }> {
  readonly #parts: Parts;
  readonly #progress = new Map<HurtId, Progress>();
  readonly #stops: PanelStops;
  #deliverOnce: (() => void) | null = null;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
    this.#stops = new PanelStops(parts.panels, () => this.emit('change'));
    parts.bot.on('report', (report) => this.#hear(report));
  }

  get views(): readonly HurtView[] {
    const ids = Object.keys(WORDS) as HurtId[];
    return [...ids.map((id) => ({ id, ...WORDS[id], ...this.#progressOf(id) })), ...this.#stops.views];
  }

  has(id: string): boolean {
    return isHurtId(id) || this.#stops.has(id);
  }

  /** Arms it, or does it where there is nothing to wait for. Nothing happens while it is armed or under way. */
  press(id: string): void {
    if (!isHurtId(id)) void this.#stops.press(id);
    else if (!['armed', 'running'].includes(this.#progressOf(id).phase)) this.#begin(id);
  }

  #begin(id: HurtId): void {
    switch (id) {
      case 'restart':
        this.#run(id, 'Stopped; waits until it answers again.', () => this.#restartDatabase());
        break;
      case 'twice':
        this.#set(id, ARMED_FOR_ANYTHING);
        this.#deliverOnce = this.#parts.discord.faults.deliverTwice(() =>
          this.#set(id, { phase: 'over', says: 'It reached the bot twice.' }),
        );
        break;
      default:
        this.#set(id, ARMED);
        this.#parts.bot.send({ do: 'arm', fault: id });
    }
  }

  /** Nothing happens where it is not armed. */
  takeBack(id: string): void {
    if (!isHurtId(id) || this.#progressOf(id).phase !== 'armed') return;
    if (id === 'twice') this.#deliverOnce?.();
    else if (id !== 'restart') this.#parts.bot.send({ do: 'take back', fault: id });
    this.#set(id, READY);
  }

  #hear({ fault, phase }: BotReport): void {
    switch (fault) {
      case 'slow':
        if (phase === 'begun') this.#set(fault, { phase: 'running', says: 'The panel takes its ten seconds.' });
        else this.#set(fault, { phase: 'over', says: 'The panel has taken its ten seconds, and gone on.' });
        break;
      case 'dies':
        this.#set(fault, { phase: 'over', says: 'The panel has acted; its answer was lost.' });
        break;
      case 'kill':
        this.#run(fault, 'Killed; starting again.', () => this.#killBot());
        break;
    }
  }

  async #restartDatabase(): Promise<string> {
    const { store, stopDatabase } = this.#parts;
    const startedAt = async () => (await store.sql<{ at: Date }[]>`select pg_postmaster_start_time() as at`)[0]?.at;
    const before = await startedAt();
    await stopDatabase();
    await until(async () => {
      const at = await startedAt().catch(() => before);
      return at?.getTime() !== before?.getTime();
    }, 'the database did not come back within a minute.');
    return 'Stopped, and answered again after';
  }

  async #killBot(): Promise<string> {
    const { bot, discord } = this.#parts;
    await bot.killAndStart();
    this.#orderAgain();
    const late = 'the bot did not come back within a minute; see steward.log.';
    await until(() => discord.connections === 0, late);
    await until(() => discord.connections > 0, late);
    return 'Killed, and started again in';
  }

  /** What the killed process was told is gone with it. */
  #orderAgain(): void {
    const ofPanel: readonly BotFault[] = ['slow', 'dies'];
    for (const fault of ofPanel) {
      const { phase } = this.#progressOf(fault);
      if (phase === 'armed') this.#parts.bot.send({ do: 'arm', fault });
      if (phase === 'running') this.#set(fault, READY);
    }
  }

  /** @param happen returns what happened in words that the time it took completes */
  #run(id: HurtId, meanwhile: string, happen: () => Promise<string>): void {
    const begunAtMs = performance.now();
    this.#set(id, { phase: 'running', says: meanwhile });
    happen().then(
      (says) => this.#set(id, { phase: 'over', says: `${says} ${seconds(performance.now() - begunAtMs)}.` }),
      (error: unknown) => this.#set(id, { phase: 'failed', says: `It failed: ${reasonOf(error)}` }),
    );
  }

  #progressOf(id: HurtId): Progress {
    return this.#progress.get(id) ?? READY;
  }

  #set(id: HurtId, progress: Progress): void {
    this.#progress.set(id, progress);
    this.emit('change');
  }
}

async function until(isSo: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(otherwise);
    await sleep(LOOK_AGAIN_MS);
  }
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
