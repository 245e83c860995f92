import type { Account } from '../../domain/account.ts';
import type { Verb } from '../../domain/operation.ts';
import type { Permission } from '../../domain/permission.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { BalanceChange, Call, Change, Panel, PanelError, Traits } from '../../panels/panel.ts';
import type { Context, Services } from '../context.ts';
import type { Timer } from '../timers/timer.ts';
import type { OperationPlan } from './plan.ts';
import type { Doubt } from './record.ts';

/** What an operation is about; `accountId` is null for a creation, and for what is about no account. */
export interface Target {
  readonly panel: string;
  readonly accountId: string | null;
}

/** All that carrying out an operation needs. It is stored with the intent, so that another process can go on with it. */
export interface Work<Input> {
  readonly panel: Panel;
  /** The account as it was; null for a creation, and for what is about no account. */
  readonly before: Account | null;
  readonly input: Input;
}

/** What looking shows of a change: that it happened, with what it came to, or that it did not; null where that does not tell. */
export type Seen<Result> = { readonly happened: true; readonly result: Result } | { readonly happened: false } | null;

/** Circumstances that change what a plan asks for. */
export interface PlanOptions {
  /** Rights that stand in for the verb's own: whoever takes back a deed of their own needs the right to the deed. */
  readonly permissions?: readonly Permission[];
}

/**
 * One kind of change, whole: what it needs before it may happen, how it is carried out, and how it is found out afterwards whether it
 * did. Everything but `plan` works from what is stored alone.
 */
export interface VerbDefinition<Input extends object, Result> {
  readonly verb: Verb;
  /** How the panel behaves when it is asked for this. @throws Refusal `ability.missing` */
  traits(panel: Panel): Traits & { readonly by?: 'panel' | 'house' };
  /**
   * Reads, checks and authorises: what is to be done, as things are now. Runs again when the account turned out to be busy, and before
   * what waited for an approval is carried out.
   *
   * @throws Refusal when it may not or cannot be done.
   */
  plan(ctx: Context, target: Target, input: Input, options: PlanOptions): Promise<OperationPlan<Input>>;
  /** Whether it asks anything of the panel, as things are; where it does not, it has happened as soon as the store says so. Absent: it does. */
  asksPanel?(work: Work<Input>): boolean;
  effect(work: Work<Input>, change: Change, services: Services): Promise<Result>;
  /** What it came to, for an operation of which it is found out later that it happened; `now` is the account as it is then. */
  result(work: Work<Input>, now: Account): Result;
  /** The account as the effect left it; null where it is about none. */
  account(result: Result): Account | null;
  /** The movement of the balance, where the effect moved one. */
  balance?(result: Result): BalanceChange | null;
  /** The account as it is now, where it is not found by the id that it had; null when there is none. Absent: by that id. */
  locate?(work: Work<Input>, call: Call): Promise<Account | null>;
  /**
   * Proof by state: whether the account (null: there is none any more) is as it was to become; null where that does not tell. Absent: it
   * never tells.
   */
  shows?(work: Work<Input>, now: Account | null): boolean | null;
  /** Its own way to look, for what is about no account: in the place of `locate`, `shows` and `result`. */
  seen?(work: Work<Input>, call: Call): Promise<Seen<Result>>;
  /** What a person is told who is asked how it ended, where what is seen tells a little. `now` is null where nothing can be read. */
  hint?(work: Pick<Work<Input>, 'before' | 'input'>, now: Account | null): Doubt | null;
  /** The sentence for a panel's refusal, where the verb knows better than the general one. */
  refusal?(error: PanelError, work: Work<Input>): Refusal | null;
  /** What begins to run once it has succeeded. */
  timers?(
    operation: { readonly number: number; readonly dueAt: Date | null },
    now: Date,
  ): readonly { timer: Timer; at: Date }[];
  /** What is to be done beside the panel once it is known that it succeeded. Must not throw: the operation stands whether or not it can be. */
  afterwards?(
    services: Services,
    ended: { readonly memberId: string | null; readonly actorId: string },
    result: Result,
  ): Promise<void>;
}

/** Any verb, for whoever goes on with what is stored: under a verb's name stands that verb's input, which the compiler cannot know. */
export type AnyVerb = VerbDefinition<object, unknown>;
