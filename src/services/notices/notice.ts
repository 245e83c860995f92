import type { Money } from '../../domain/money.ts';
import type { OperationRecord } from '../operations/record.ts';
import type { Reached } from '../people/reach.ts';
import type { Grant } from '../policy/grants.ts';
import type { GuardChange } from '../settings/guards.ts';

/** What a notice tells, as things are when it is brought. */
export type Notice =
  | OperationNotice
  | CardNotice
  | ReminderNotice
  | MemberNotice
  | RequesterNotice
  | PolicyNotice
  | HeadNotice;

/** The line of an operation in the audit channel. */
export interface OperationNotice {
  readonly kind: 'operation';
  readonly record: OperationRecord;
  /** Until when it can be taken back; null when it cannot. */
  readonly undoUntil: Date | null;
}

/** What waits for an approver or for somebody who can say how it ended; once it does not, how it ended. */
export interface CardNotice {
  readonly kind: 'card';
  readonly record: OperationRecord;
  /** The account's balance as it was last seen. */
  readonly balance: Money | null;
  /** The role that is mentioned; null: nobody is. */
  readonly alertRoleId: string | null;
}

/** That something still waits for an approver, or by now for somebody who can say how it ended. */
export interface ReminderNotice {
  readonly kind: 'reminder';
  readonly record: OperationRecord;
  readonly alertRoleId: string | null;
}

/** What was done to somebody's account. */
export interface MemberNotice {
  readonly kind: 'member';
  readonly record: OperationRecord;
  /** What it did ends that soon; null when it was done just now. */
  readonly left: 'day' | 'hour' | null;
}

/** What became of what somebody asked for. */
export interface RequesterNotice {
  readonly kind: 'requester';
  readonly record: OperationRecord;
  /** The member accepts no direct messages, and so has not heard of it. */
  readonly unreached: boolean;
}

/** A change of who may do what, or of the settings that hold people back. */
export type PolicyNotice =
  | {
      readonly kind: 'policy';
      readonly action: 'policy.grant' | 'policy.revoke';
      readonly actorId: string;
      readonly grant: Grant;
    }
  | {
      readonly kind: 'policy';
      readonly action: 'settings.change';
      readonly actorId: string;
      readonly changes: readonly GuardChange[];
    };

/** How far the audit log is sealed, for whoever wants to prove later that nothing was cut off. */
export interface HeadNotice {
  readonly kind: 'head';
  readonly position: number;
  /** Hexadecimal. */
  readonly seal: string;
}

/** Nobody can be reached at all, which says nothing of the notice: it is tried for as long as that lasts. */
export class OutOfReach extends Error {}

export interface PostedMessage {
  readonly channelId: string;
  readonly messageId: string;
}

/** Brings notices to channels and people. Throws when it could not and may be tried again, {@link OutOfReach} as often as need be. */
export interface Announcer {
  /**
   * Posts to a channel. `reference` makes it the same message when it is posted again within a few minutes; `replyTo` is the message that it
   * is about.
   *
   * @returns the message's id, or null when that channel can never take it (gone, no access).
   */
  post(
    channelId: string,
    notice: Notice,
    options: { readonly reference: string; readonly replyTo?: string | null },
  ): Promise<string | null>;
  /** Changes what was posted before. False when that is not there any more. */
  edit(message: PostedMessage, notice: Notice): Promise<boolean>;
  /** Sends a direct message. */
  tell(userId: string, notice: Notice, reference: string): Promise<Reached>;
}
