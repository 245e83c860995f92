import type { Logger } from 'pino';
import type { Actor } from '../domain/actor.ts';
import type { OperationState, Verb } from '../domain/operation.ts';
import type { Panels } from '../panels/panel.ts';
import type { Store, Transaction } from '../store/connect.ts';
import type { Seal } from './answers/seal.ts';
import type { PostedHeads } from './audit/heads.ts';
import type { AccountQueue } from './operations/queue.ts';
import type { PolicySnapshots } from './policy/snapshot.ts';
import type { SettingsSnapshots } from './settings/read.ts';
import type { Timers } from './timers/timer.ts';

/** The time. Tests bring their own. */
export interface Clock {
  now(): Date;
}

/** Who is who in the home guild, asked of Discord and remembered for a few seconds. */
export interface Members {
  /** Ids of the member's roles; null when they are not in the home guild. */
  rolesOf(userId: string): Promise<readonly string[] | null>;
  /** All roles of the home guild: those of bots and integrations are `managed`. */
  roles(): Promise<readonly { readonly id: string; readonly name: string; readonly managed: boolean }[]>;
  /** How many members have each role, by its id. */
  counts(): Promise<ReadonlyMap<string, number>>;
}

/** Where Steward can post. */
export interface Channels {
  /**
   * Those of the channels in which it cannot, by id.
   *
   * @throws Error when Discord does not say in time.
   */
  unreachable(channelIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Brings words to people, outside of any answer to an interaction. */
export interface Messenger {
  /**
   * Sends a direct message. `reference` makes it the same message when it is sent again within a few minutes.
   *
   * @returns `closed` when they accept none from us.
   * @throws Error when it cannot be said whether it arrived.
   */
  tell(
    userId: string,
    message: { readonly title: string; readonly text: string },
    reference: string,
  ): Promise<'arrived' | 'closed'>;
}

/** A file that somebody sent with what they ask. */
export interface Attachment {
  readonly name: string;
  readonly sizeBytes: number;
  /** Where it lies for a while. */
  readonly url: string;
}

/** Fetches the files that people send. */
export interface Attachments {
  /** @throws Refusal `file.too_large` over this many bytes, `file.gone` where it cannot be had */
  download(attachment: Attachment, limitBytes: number): Promise<Uint8Array>;
}

/** How long things may take, in milliseconds. */
export interface Timing {
  /** How long a change may take at the panel before it is given up as unknown; shorter than the lease. */
  readonly callTimeoutMs: number;
  /** How long a pending operation is nobody else's business, by the database's clock. */
  readonly leaseMs: number;
  /** How long another process's operation on the same account is waited for. */
  readonly busyTimeoutMs: number;
  /** How long a look into a panel may take. */
  readonly readTimeoutMs: number;
}

export const TIMING: Timing = { callTimeoutMs: 20_000, leaseMs: 30_000, busyTimeoutMs: 5_000, readTimeoutMs: 10_000 };

/** The parts that every service works with; made once at the start. */
export interface Services {
  readonly store: Store;
  readonly panels: Panels;
  readonly policy: PolicySnapshots;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timing: Timing;
  readonly settings: SettingsSnapshots;
  /** Lets this process's operations on one account follow each other. */
  readonly queue: AccountQueue;
  readonly members: Members;
  readonly channels: Channels;
  readonly timers: Timers;
  readonly messenger: Messenger;
  /** The key of the audit log's chain. */
  readonly auditKey: Uint8Array;
  readonly postedHeads: PostedHeads;
  /** Seals what one person may see once. */
  readonly secretSeal: Seal;
  readonly attachments: Attachments;
  /** Id of the home guild; its @everyone role has the same id. */
  readonly homeGuildId: string;
  /** Discord users of rank owner. */
  readonly ownerIds: readonly string[];
  /** IANA name of the time zone in which people mean the days that they type. */
  readonly timeZone: string;
  /** Told how each operation ended, for the metrics. */
  readonly operationEnded: (verb: Verb, state: OperationState) => void;
  /** Called at every boundary between two steps of an operation, by name. Fault tests stop the process there. */
  readonly at: (point: string) => void | Promise<void>;
}

/** One press that may act only once: inserted with the intent, in one transaction. */
export interface Press {
  readonly key: string;
  readonly group: string;
  readonly interactionId: string;
}

/** One actor's one request. */
export interface Context extends Services {
  readonly actor: Actor;
  /** The interaction that stated the intent. What a confirmation carries out has the origin of what it confirms. */
  readonly origin: string;
  /** Key of the next operation of this request: `<origin>:<n>`. */
  nextKey(): string;
  /** The press that this request consumes, if it acts. */
  readonly press: Press | null;
  /**
   * Runs inside the transaction of an operation's intent, with its key: keeps the answer that the person waits for, so that it is
   * finished after a crash. Null where nobody waits.
   */
  readonly owe: ((transaction: Transaction, operationKey: string) => Promise<void>) | null;
  /** True when the person has been asked about a likely repeat and went on. */
  readonly confirmed: boolean;
}

export function createContext(
  services: Services,
  request: { actor: Actor; origin: string; press?: Press | null; owe?: Context['owe']; confirmed?: boolean },
): Context {
  let next = 0;
  return {
    ...services,
    actor: request.actor,
    origin: request.origin,
    nextKey: () => `${request.origin}:${next++}`,
    press: request.press ?? null,
    owe: request.owe ?? null,
    confirmed: request.confirmed ?? false,
  };
}
