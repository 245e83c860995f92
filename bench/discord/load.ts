/** People who use the bot as fast as it answers. */

import type { Answer } from '../../sandbox/discord/person/answer.ts';
import type { OptionValues, Person } from '../../sandbox/discord/person/person.ts';
import type { LocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS } from '../../sandbox/world/ids.ts';
import { type Group, inGroup } from '../people.ts';
import { percentile } from '../statistics.ts';

export interface Load {
  readonly command: 'account view' | 'credits add';
  readonly by: Group;
  /** How many act at the same time; each begins when another has been answered. */
  readonly atOnce: number;
  readonly durationMs: number;
  /** Words of a good answer, so that refusals do not pass for speed. */
  readonly expected: string;
}

export interface LoadResult {
  readonly answers: number;
  readonly durationMs: number;
  readonly acknowledgeP50Ms: number;
  readonly acknowledgeP99Ms: number;
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
  /** Answers that failed, or that were looked at and lacked the words. */
  readonly failures: number;
  /** The first of those, as the person read it. */
  readonly firstFailure: string | null;
}

/** How long a person waits for an answer; beyond what the slowest panel takes. */
const PATIENCE_MS = 20_000;
/** Every so-manyth answer is read, for reading them all would slow the load down. */
const READ_EVERY = 16;

/** The crowd of one local Discord. It remembers whose turn it is from one load to the next. */
export class Crowd {
  readonly #people: Record<Group, Turns>;
  readonly #receivers: readonly string[];
  #credits = 0;

  constructor(discord: LocalDiscord) {
    const turns = (group: Group) => new Turns(inGroup(group).map(({ userId }) => discord.as(userId)));
    this.#people = { members: turns('members'), waiting: turns('waiting'), staff: turns('staff') };
    this.#receivers = inGroup('members').map(({ userId }) => userId);
  }

  async run({ command, by, atOnce, durationMs, expected }: Load): Promise<LoadResult> {
    const tally = new Tally(expected);
    const startedAtMs = performance.now();
    const actInTurn = async (): Promise<void> => {
      while (performance.now() - startedAtMs < durationMs) {
        const answeringSinceMs = performance.now();
        const answer = await this.#people[by].next().command(command, this.#options(command), {
          channelId: CHANNEL_IDS.general,
          timeoutMs: PATIENCE_MS,
        });
        tally.add(answer, performance.now() - answeringSinceMs);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, actInTurn));
    return tally.result(performance.now() - startedAtMs);
  }

  /** Never the same amount for the same member twice: Steward would ask whether that is meant. */
  #options(command: Load['command']): OptionValues {
    if (command === 'account view') return {};
    const round = Math.floor(this.#credits / this.#receivers.length);
    const member = this.#receivers[this.#credits % this.#receivers.length];
    this.#credits += 1;
    return { member, amount: `1.${String(round).padStart(2, '0')}`, reason: 'Power cut' };
  }
}

/** People who take turns. */
class Turns {
  readonly #people: readonly Person[];
  #next = 0;

  constructor(people: readonly Person[]) {
    this.#people = people;
  }

  next(): Person {
    const person = this.#people[this.#next % this.#people.length];
    this.#next += 1;
    if (person === undefined) throw new Error('Nobody is there to act.');
    return person;
  }
}

class Tally {
  readonly #expected: string;
  readonly #acknowledgeMs: number[] = [];
  readonly #answerMs: number[] = [];
  #failures = 0;
  #firstFailure: string | null = null;

  constructor(expected: string) {
    this.#expected = expected;
  }

  add(answer: Answer, answerMs: number): void {
    if (answer.ackMs !== null) this.#acknowledgeMs.push(answer.ackMs);
    this.#answerMs.push(answerMs);
    const isRead = this.#answerMs.length % READ_EVERY === 1;
    if (answer.kind === 'message' && !isRead) return;
    const text = JSON.stringify(answer.message ?? answer.form?.form ?? answer.reason ?? answer.kind);
    if (answer.kind === 'message' && text.includes(this.#expected)) return;
    this.#failures += 1;
    this.#firstFailure ??= text;
  }

  result(durationMs: number): LoadResult {
    return {
      answers: this.#answerMs.length,
      durationMs,
      acknowledgeP50Ms: percentile(this.#acknowledgeMs, 0.5),
      acknowledgeP99Ms: percentile(this.#acknowledgeMs, 0.99),
      answerP50Ms: percentile(this.#answerMs, 0.5),
      answerP99Ms: percentile(this.#answerMs, 0.99),
      failures: this.#failures,
      firstFailure: this.#firstFailure,
    };
  }
}
