/** One interaction's answer, from the acknowledgement to the last edit: which of Discord's ways is right now is known here alone. */
import {
  type APIApplicationCommandOptionChoice,
  type APIInteractionResponse,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { ViewFile } from '../views/view.ts';
import { isAcknowledged, isGone } from './discord-error.ts';
import type { Message } from './render.ts';

/** What answers an interaction. The token is a secret of fifteen minutes. */
export interface InteractionTicket {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  /** An update changes what everybody in a channel reads. */
  readonly sourceIsPublic?: boolean;
}

/** Answers after the first one. */
export interface AnswerRoutes {
  edit(ticket: InteractionTicket, body: object, files: readonly ViewFile[]): Promise<void>;
  deleteOriginal(ticket: InteractionTicket): Promise<void>;
  followUp(ticket: InteractionTicket, body: object, files: readonly ViewFile[]): Promise<void>;
}

/** Sends the first answer, by whatever transport the interaction came. */
export type Acknowledge = (response: APIInteractionResponse, files?: readonly ViewFile[]) => Promise<void>;

/** How a person was told that the answer comes later: `update` means that the message with the button will change. */
export type Deferral = 'private' | 'public' | 'update';

/** How long anything that must be the first answer may be worked on, in milliseconds, so that it arrives within Discord's three seconds. */
const FIRST_ANSWER_MS = 1_500;

/** Thrown when the first answer would come too late. */
export class TooSlow extends Error {}

export class Reply {
  readonly ticket: InteractionTicket;
  /** When the first answer had been taken by Discord, by `performance.now()`; null before. */
  acknowledgedAt: number | null = null;
  readonly #acknowledge: Acknowledge;
  readonly #routes: AnswerRoutes;
  readonly #startedAt = performance.now();
  #state: 'open' | Deferral | 'answered' = 'open';
  #promised = false;

  /** @param deferral What the person has been told already, when another process began this answer. */
  constructor(
    ticket: InteractionTicket,
    acknowledge: Acknowledge,
    routes: AnswerRoutes,
    deferral: Deferral | null = null,
  ) {
    this.ticket = ticket;
    this.#acknowledge = acknowledge;
    this.#routes = routes;
    if (!deferral) return;
    this.#state = deferral;
    this.#promised = true;
  }

  /** Discord knows that there will be an answer, and there is none yet. */
  get isOwed(): boolean {
    return this.#promised && this.#state !== 'answered';
  }

  get deferral(): Deferral | null {
    return this.#state === 'open' || this.#state === 'answered' ? null : this.#state;
  }

  /** Tells Discord and the person that the answer comes; nothing when they have been told. */
  async defer(deferral: Deferral): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = deferral;
    try {
      await this.#acknowledge(DEFERRALS[deferral]);
    } catch (error) {
      if (!isAcknowledged(error)) throw error;
    }
    this.acknowledgedAt = performance.now();
    this.#promised = true;
  }

  /** Waits for something that must be known before the first answer, no longer than that can wait. @throws TooSlow */
  async inTime<Value>(promise: Promise<Value>): Promise<Value> {
    if (this.#state !== 'open') return promise;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const leftMs = this.#startedAt + FIRST_ANSWER_MS - performance.now();
    const timer = setTimeout(() => reject(new TooSlow()), Math.max(leftMs, 0));
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Shows a form, which only the first answer can. */
  async form(form: APIModalInteractionResponseCallbackData): Promise<void> {
    await this.#answerFirst({ type: InteractionResponseType.Modal, data: form });
  }

  async choices(choices: APIApplicationCommandOptionChoice[]): Promise<void> {
    await this.#answerFirst({
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
  }

  /** Shows the command's outcome: `private` ones never in public, whatever was announced. */
  async show(message: Message, visibility: 'masked' | 'private'): Promise<void> {
    if (this.#state === 'open') return this.#showFirst(message);
    if (this.#state === 'answered') return;
    if (this.#state === 'public' && visibility === 'private') return this.#showInstead(message);
    if (this.#state === 'update' && visibility === 'private' && this.ticket.sourceIsPublic)
      return this.#followUp(message);
    await this.#routes.edit(this.ticket, message.body, message.files);
    this.#state = 'answered';
  }

  /** Whether the answer can be shown in part, and changed after that: not where it was promised to everybody and is for one reader. */
  takesProgress(visibility: 'masked' | 'private'): boolean {
    const { deferral } = this;
    const isPublic = deferral === 'public' || (deferral === 'update' && this.ticket.sourceIsPublic === true);
    return deferral !== null && !(isPublic && visibility === 'private');
  }

  /** Shows how far the answer has come, where it {@link takesProgress}. */
  async showProgress(message: Message): Promise<void> {
    await this.#routes.edit(this.ticket, message.body, message.files);
  }

  /** Shows why nothing was done: to the person alone, leaving a message with buttons as it is. */
  async showAside(message: Message): Promise<void> {
    if (this.#state !== 'update') return this.show(message, 'private');
    await this.#followUp(message);
  }

  /** The answer was given by another way than this interaction's. */
  end(): void {
    this.#state = 'answered';
  }

  /** Says something more to the person alone, once the answer is given. */
  async add(message: Message): Promise<void> {
    await this.#followUp(message);
  }

  async #showFirst(message: Message): Promise<void> {
    const data = { ...message.body, flags: message.body.flags | MessageFlags.Ephemeral };
    const response = {
      type: InteractionResponseType.ChannelMessageWithSource,
      data,
    } as unknown as APIInteractionResponse;
    await this.#answerFirst(response, message.files);
  }

  /** What was announced in public goes, before the follow-up: Discord would make that public in its place. */
  async #showInstead(message: Message): Promise<void> {
    await this.#routes.deleteOriginal(this.ticket).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
    await this.#followUp(message);
  }

  async #followUp(message: Message): Promise<void> {
    const body = { ...message.body, flags: message.body.flags | MessageFlags.Ephemeral };
    await this.#routes.followUp(this.ticket, body, message.files);
    this.#state = 'answered';
  }

  /** Whoever was first has answered: our own earlier attempt, or another process. */
  async #answerFirst(response: APIInteractionResponse, files?: readonly ViewFile[]): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'answered';
    try {
      await this.#acknowledge(response, files);
    } catch (error) {
      if (!isAcknowledged(error)) throw error;
    }
    this.acknowledgedAt = performance.now();
  }
}

const DEFERRALS: Readonly<Record<Deferral, APIInteractionResponse>> = {
  private: {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  },
  public: { type: InteractionResponseType.DeferredChannelMessageWithSource },
  update: { type: InteractionResponseType.DeferredMessageUpdate },
};
