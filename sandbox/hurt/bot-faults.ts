/** The faults of the bot's own process: its panel's, and its sudden end. Each waits for the next change, and happens once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Change, type Panel, PanelError } from '../../src/panels/panel.ts';
import type { BotFault, BotOrder, BotReport } from './bot-orders.ts';

const SLOW_MS = 10_000;

export class BotFaults {
  readonly #armed = new Set<BotFault>();
  readonly #report: (report: BotReport) => void;

  constructor(report: (report: BotReport) => void) {
    this.#report = report;
  }

  obey(order: BotOrder): void {
    if (order.do === 'arm') this.#armed.add(order.fault);
    else this.#armed.delete(order.fault);
  }

  /** The same panel, whose changes meet the faults; whatever only reads does not. */
  panel(panel: Panel): Panel {
    return withChanges(panel, (run, signal) => this.#change(run, signal));
  }

  /** Waits to be killed where the panel has acted and nothing of it is stored yet. */
  async at(point: string): Promise<void> {
    if (point !== 'effect:after' || !this.#take('kill')) return;
    this.#report({ fault: 'kill', phase: 'begun' });
    await new Promise<never>(() => undefined);
  }

  async #change(run: () => unknown, signal: AbortSignal): Promise<unknown> {
    if (this.#take('slow')) await this.#dawdle(signal);
    const result = await run();
    if (!this.#take('dies')) return result;
    this.#report({ fault: 'dies', phase: 'over' });
    throw new PanelError('unreachable', 'unknown', 'the sandbox has lost the answer, as it was told to');
  }

  async #dawdle(signal: AbortSignal): Promise<void> {
    this.#report({ fault: 'slow', phase: 'begun' });
    await sleep(SLOW_MS, undefined, { signal }).catch((cause: unknown) => {
      throw new PanelError('timeout', 'none', 'the caller stopped waiting', { cause });
    });
    this.#report({ fault: 'slow', phase: 'over' });
  }

  #take(fault: BotFault): boolean {
    return this.#armed.delete(fault);
  }
}

type Around = (run: () => unknown, signal: AbortSignal) => Promise<unknown>;

/** Abilities are the objects among a panel's members, and their calls the functions among theirs; traits and the rest are data. */
function withChanges(panel: Panel, around: Around): Panel {
  return mapped(panel, (ability) =>
    typeof ability === 'object' && ability !== null
      ? mapped(ability, (member) => (typeof member === 'function' ? changing(member.bind(ability), around) : member))
      : ability,
  );
}

function mapped<Part extends object>(part: Part, map: (member: unknown) => unknown): Part {
  return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, map(member)])) as Part;
}

/** A call that changes something is told so by its last argument. */
function changing(call: (...args: unknown[]) => unknown, around: Around) {
  return (...args: unknown[]): unknown => {
    const change = args.at(-1);
    return isChange(change) ? around(() => call(...args), change.signal) : call(...args);
  };
}

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && 'step' in value;
}
