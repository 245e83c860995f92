import type { Account } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import type { Verb } from '../../domain/operation.ts';
import type { Permission } from '../../domain/permission.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { BalanceChange, Change, JsonValue, Panel, PanelError } from '../../panels/panel.ts';
import type { TargetFacts } from '../policy/decide.ts';

/** What a verb wants done, once it has read and checked what it needs. */
export interface OperationPlan<Result = unknown> {
  readonly verb: Verb;
  readonly panel: Panel;
  /** Null for a creation. */
  readonly accountId: string | null;
  /** The Discord user linked to the account. */
  readonly memberId: string | null;
  /** What the rules knew of the account when it was authorised; grants are read again with it inside the intent. */
  readonly target: TargetFacts | null;
  /** All of them are needed. Whatever raises a balance needs `credits.grant` too, and counts against its limits. */
  readonly permissions: readonly Permission[];
  /** Hashed under the key, and stored. */
  readonly input: unknown;
  /** The account as it was; null for a creation. */
  readonly before: Account | null;
  readonly reason: string | null;
  /** The signed change of the balance that is meant; null where none is. */
  readonly delta: Money | null;
  /** For how long the same verb and amount on the same account is taken for a likely repeat. */
  readonly repeatWindowMinutes: number;
  /** For the audit log, without personal values. */
  readonly facts?: Readonly<Record<string, JsonValue>>;
  /** Personal values for the audit log's side table. */
  readonly personal: JsonValue | null;
  effect(change: Change): Promise<Result>;
  /** The account as the effect left it. */
  account(result: Result): Account;
  /** The movement of the balance, where the effect moved one. */
  balance?(result: Result): BalanceChange | null;
  /** The sentence for a panel's refusal, where the verb knows better than the general one. */
  refusal?(error: PanelError): Refusal | null;
}
