import { randomBytes } from 'node:crypto';
import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  Locale,
} from 'discord-api-types/v10';
import type { StoredMessage } from './messages.ts';
import { DIRECT_PERMISSIONS, permissionsOf } from './permissions.ts';
import type { State } from './state.ts';

/** Discord's client gives up, and the token dies, when nothing acknowledged an interaction for so long. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000;
/** How long an acknowledged interaction's token is good for follow-ups and edits. */
const TOKEN_LIFE_MS = 15 * 60_000;

/** Answered interactions whose tokens still work; beyond it the oldest die early, so that a load run stays in memory. */
const KEPT_ANSWERED = 20_000;
const SWEEP_EVERY_MS = 100;
const ATTACHMENT_SIZE_LIMIT_BYTES = 10 * 1024 * 1024;

/** What the person who sent an interaction gets to see of it. */
export type InteractionEvent =
  | { type: 'acknowledged'; by: InteractionResponseType; afterMs: number }
  /** A message is there or has changed: the answer itself, the updated source, or (`followUp`) one more. */
  | { type: 'message'; stored: StoredMessage; followUp: boolean }
  | { type: 'form'; form: APIModalInteractionResponseCallbackData }
  | { type: 'choices'; choices: APIApplicationCommandOptionChoice[] }
  | { type: 'deleted'; messageId: string }
  | { type: 'failed'; reason: string };

/** What a person does, before it becomes an interaction. */
export interface InteractionStart {
  type: InteractionType;
  userId: string;
  channelId: string;
  data: unknown;
  /** The message whose component was used, or whose component opened the form. */
  source?: StoredMessage | undefined;
  /** Of a form that was sent: what the person did to have it opened. */
  openedBy?: Interaction | undefined;
  /** Type of the message that answers, and its command's name. */
  answerType: number;
}

export interface Interaction extends Readonly<InteractionStart> {
  readonly id: string;
  readonly token: string;
  /** The gateway event's data, serialised once and sent again on redelivery. */
  readonly payload: string;
  readonly createdAtMs: number;
  readonly listener: (event: InteractionEvent) => void;
  acknowledged: InteractionResponseType | null;
  failed: boolean;
  ephemeral: boolean;
  /** What `@original` names, if there is such a message. */
  original: StoredMessage | null;
}

/** Interactions from the person's click to the death of the token. */
export class Interactions {
  readonly #state: State;
  readonly #deliver: (payload: string, guildId: string | null) => void;
  readonly #countReceivers: () => number;
  readonly #byToken = new Map<string, Interaction>();
  readonly #byId = new Map<string, Interaction>();
  /** In order of creation, so that the first ones are the first to fail or to die. */
  readonly #waiting = new Set<Interaction>();
  readonly #answered = new Set<Interaction>();
  /** Makes tokens as long as Discord's; drawing each anew would cost a tenth of the time that an interaction takes. */
  readonly #tokenPrefix = randomBytes(96).toString('base64url');
  readonly #redelivered = new Set<string>();
  /** Told when something was delivered twice; null while nothing is to be. */
  #onDeliveredTwice: (() => void) | null = null;
  readonly #timer: NodeJS.Timeout;

  /** @param countReceivers how many bot connections get each interaction */
  constructor(state: State, deliver: (payload: string, guildId: string | null) => void, countReceivers: () => number) {
    this.#state = state;
    this.#deliver = deliver;
    this.#countReceivers = countReceivers;
    this.#timer = setInterval(() => this.#sweep(), SWEEP_EVERY_MS).unref();
    state.clock.onAdvance(() => this.#sweep());
  }

  start(start: InteractionStart, listener: (event: InteractionEvent) => void): Interaction {
    const id = this.#state.ids.next();
    const token = `${this.#tokenPrefix}${id}`;
    const interaction: Interaction = {
      ...start,
      id,
      token,
      payload: JSON.stringify(this.#payload(id, token, start)),
      createdAtMs: this.#state.clock.now(),
      listener,
      acknowledged: null,
      failed: false,
      ephemeral: false,
      original: null,
    };
    this.#byToken.set(token, interaction);
    this.#byId.set(id, interaction);
    this.#waiting.add(interaction);
    this.#deliver(interaction.payload, this.#guildIdOf(start.channelId));
    const isDoing = start.type !== InteractionType.ApplicationCommandAutocomplete;
    if (this.#onDeliveredTwice !== null && isDoing) this.redeliver(interaction);
    return interaction;
  }

  byId(id: string): Interaction | undefined {
    return this.#byId.get(id);
  }

  byToken(token: string): Interaction | undefined {
    return this.#byToken.get(token);
  }

  redeliver(interaction: Interaction): void {
    this.#redelivered.add(interaction.id);
    this.#deliver(interaction.payload, this.#guildIdOf(interaction.channelId));
  }

  /**
   * Delivers what people do twice, until something of it is answered: a form that opens is no answer yet, only what is sent with it.
   *
   * @returns what takes the order back
   */
  deliverTwice(onDone: () => void): () => void {
    this.#onDeliveredTwice = onDone;
    return () => {
      if (this.#onDeliveredTwice === onDone) this.#onDeliveredTwice = null;
    };
  }

  /** Whether a second acknowledgement of this interaction is nobody's fault. */
  wasDeliveredTwice(id: string): boolean {
    return this.#redelivered.has(id) || this.#countReceivers() > 1;
  }

  acknowledge(interaction: Interaction, by: InteractionResponseType): void {
    interaction.acknowledged = by;
    this.#waiting.delete(interaction);
    this.#answered.add(interaction);
    if (this.#answered.size > KEPT_ANSWERED) this.#forgetOldest();
    if (this.#redelivered.has(interaction.id) && by !== InteractionResponseType.Modal) this.#endDeliveringTwice();
    interaction.listener({ type: 'acknowledged', by, afterMs: this.#state.clock.now() - interaction.createdAtMs });
  }

  fail(interaction: Interaction, reason: string): void {
    interaction.failed = true;
    this.#waiting.delete(interaction);
    this.#answered.add(interaction);
    interaction.listener({ type: 'failed', reason });
  }

  /** Whether the token can still be used for edits and follow-ups. */
  isAlive(interaction: Interaction): boolean {
    return this.#state.clock.now() - interaction.createdAtMs <= TOKEN_LIFE_MS;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #endDeliveringTwice(): void {
    this.#onDeliveredTwice?.();
    this.#onDeliveredTwice = null;
  }

  #sweep(): void {
    const nowMs = this.#state.clock.now();
    for (const interaction of this.#waiting) {
      if (nowMs - interaction.createdAtMs <= ACKNOWLEDGE_WITHIN_MS) break;
      this.fail(interaction, 'The application did not respond');
    }
    for (const interaction of this.#answered) {
      // Kept for a while beyond its life, so that a late answer hears that its token has died and not that it never was.
      if (nowMs - interaction.createdAtMs <= 2 * TOKEN_LIFE_MS) break;
      this.#forget(interaction);
    }
  }

  #forgetOldest(): void {
    for (const oldest of this.#answered) {
      this.#forget(oldest);
      return;
    }
  }

  #forget(interaction: Interaction): void {
    this.#answered.delete(interaction);
    this.#byToken.delete(interaction.token);
    this.#byId.delete(interaction.id);
  }

  #guildIdOf(channelId: string): string | null {
    return this.#state.isDirect(channelId) ? null : this.#state.guild.id;
  }

  /** The payload as Discord sends it: in a direct conversation `user` stands in place of `member`. */
  #payload(id: string, token: string, { type, userId, channelId, data, source }: InteractionStart): object {
    const { application, guild, users, members } = this.#state;
    const user = users.get(userId);
    const common = {
      id,
      application_id: application.id,
      type,
      data,
      token,
      version: 1,
      channel_id: channelId,
      channel: this.#state.describeChannel(channelId, userId),
      ...(source === undefined ? {} : { message: source.message }),
      locale: Locale.EnglishUS,
      entitlements: [],
      attachment_size_limit: ATTACHMENT_SIZE_LIMIT_BYTES,
    };
    if (this.#state.isDirect(channelId)) {
      return {
        ...common,
        user,
        app_permissions: DIRECT_PERMISSIONS.toString(),
        authorizing_integration_owners: { '0': '0' },
        context: InteractionContextType.BotDM,
      };
    }
    const permissions = permissionsOf(this.#state, userId, channelId).toString();
    return {
      ...common,
      member: { ...members.get(userId), permissions },
      guild_id: guild.id,
      guild: { id: guild.id, locale: Locale.EnglishUS, features: [] },
      guild_locale: Locale.EnglishUS,
      app_permissions: permissionsOf(this.#state, application.bot.id, channelId).toString(),
      authorizing_integration_owners: { '0': guild.id },
      context: InteractionContextType.Guild,
    };
  }
}
