import {
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Interaction, InteractionEvent } from '../interactions.ts';
import type { StoredMessage } from '../messages.ts';
import type { OpenForm } from './actions.ts';

/** `none`: acknowledged, and then nothing to see came in time. `failed`: not answered, or never sent. */
export type AnswerKind = 'message' | 'form' | 'choices' | 'none' | 'failed';

/** What a person saw as the answer to one interaction; its messages stay up to date. */
export class Answer {
  kind: AnswerKind | 'pending' = 'pending';
  /** Why it failed, in the words that the person reads. */
  reason: string | null = null;
  form: OpenForm | null = null;
  choices: APIApplicationCommandOptionChoice[] | null = null;
  /** Milliseconds from the interaction to its acknowledgement; null before. */
  ackMs: number | null = null;
  /** Resolves as soon as the bot has acknowledged, or has failed to. */
  readonly acknowledged: Promise<void>;
  /** Resolves when the answer is there, or will not come. */
  readonly settled: Promise<void>;

  readonly #startedAtMs = performance.now();
  readonly #acknowledge: () => void;
  readonly #settle: () => void;
  readonly #deadline: NodeJS.Timeout;
  #interaction: Interaction | null = null;
  #acknowledgedBy: InteractionResponseType | null = null;
  #original: StoredMessage | null = null;
  readonly #followUps: StoredMessage[] = [];
  #waiting: (() => void)[] = [];

  constructor(timeoutMs: number) {
    const acknowledged = Promise.withResolvers<void>();
    const settled = Promise.withResolvers<void>();
    this.acknowledged = acknowledged.promise;
    this.settled = settled.promise;
    this.#acknowledge = acknowledged.resolve;
    this.#settle = settled.resolve;
    this.#deadline = setTimeout(() => this.#end('none'), timeoutMs);
  }

  /** Empty if the client refused to send anything. */
  get interactionId(): string {
    return this.#interaction?.id ?? '';
  }

  /** The answer itself, as it reads now. */
  get message(): APIMessage | null {
    return this.#original?.message ?? null;
  }

  /** The answer and every follow-up, as they read now. */
  get messages(): APIMessage[] {
    return [this.#original, ...this.#followUps].flatMap((stored) => stored?.message ?? []);
  }

  get ephemeral(): boolean {
    return ((this.message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  }

  /** The `number`th follow-up, counted from 1, waiting for it if need be. */
  async followUp(number: number, timeoutMs = 5_000): Promise<APIMessage> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const stored = this.#followUps[number - 1];
      if (stored !== undefined) return stored.message;
      await this.#nextEvent(deadline, `There was no follow-up ${number} within ${timeoutMs} ms.`);
    }
  }

  /** Waits until the messages of this answer meet a condition. */
  async until(condition: (answer: Answer) => boolean, timeoutMs = 5_000): Promise<void> {
    const deadline = AbortSignal.timeout(timeoutMs);
    while (!condition(this)) await this.#nextEvent(deadline, `The condition was not met within ${timeoutMs} ms.`);
  }

  /** For whoever starts the interaction: sends it, or notes why it was refused. */
  begin(start: () => Interaction): void {
    this.#interaction = start();
  }

  refuse(reason: string): void {
    this.reason = reason;
    this.#end('failed');
  }

  readonly listen = (event: InteractionEvent): void => {
    switch (event.type) {
      case 'acknowledged':
        this.#acknowledgedBy = event.by;
        this.ackMs = performance.now() - this.#startedAtMs;
        this.#acknowledge();
        break;
      case 'message':
        this.#show(event.stored, event.followUp);
        break;
      case 'form':
        if (this.#interaction !== null) this.form = { form: event.form, openedBy: this.#interaction };
        this.#end('form');
        break;
      case 'choices':
        this.choices = event.choices;
        this.#end('choices');
        break;
      case 'deleted':
        if (event.messageId === this.#original?.message.id) this.#original = null;
        this.#end('none');
        break;
      case 'failed':
        this.refuse(event.reason);
        break;
    }
    for (const wake of this.#waiting.splice(0)) wake();
  };

  #show(stored: StoredMessage, followUp: boolean): void {
    if (!followUp) this.#original = stored;
    else if (!this.#followUps.includes(stored)) this.#followUps.push(stored);
    // After a silent acknowledgement of a button, whatever comes first is the answer to it.
    const isSilent = this.#acknowledgedBy === InteractionResponseType.DeferredMessageUpdate;
    if (followUp && isSilent) this.#original ??= stored;
    this.#end('message');
  }

  #end(kind: AnswerKind): void {
    if (this.kind !== 'pending') return;
    this.kind = kind;
    clearTimeout(this.#deadline);
    this.#acknowledge();
    this.#settle();
  }

  #nextEvent(deadline: AbortSignal, problem: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (deadline.aborted) return reject(new Error(problem));
      deadline.addEventListener('abort', () => reject(new Error(problem)), { once: true });
      this.#waiting.push(resolve);
    });
  }
}
