import type { Account } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import type { Permission } from '../../domain/permission.ts';
import type { JsonValue, Panel } from '../../panels/panel.ts';
import type { TargetFacts } from '../policy/decide.ts';

/** What a verb wants done, once it has read and checked what it needs. */
export interface OperationPlan<Input = object> {
  readonly panel: Panel;
  /** Null for a creation, and for what is about no account. */
  readonly accountId: string | null;
  /** The Discord user linked to the account. */
  readonly memberId: string | null;
  /** What the rules knew of the account when it was authorised; grants are read again with it inside the intent. */
  readonly target: TargetFacts | null;
  /** All of them are needed. Whatever raises a balance needs `credits.grant` too, and counts against its limits. */
  readonly permissions: readonly Permission[];
  /** Hashed under the key, and stored: from it and `before` alone the effect is carried out. */
  readonly input: Input;
  /** The account as it was; null for a creation, and for what is about no account. */
  readonly before: Account | null;
  readonly reason: string | null;
  /** The signed change of the balance that is meant; null where none is. */
  readonly delta: Money | null;
  /** For how long the same verb and amount on the same account is taken for a likely repeat. */
  readonly repeatWindowMinutes: number;
  /** When what it begins ends by itself; null where it does not. */
  readonly dueAt: Date | null;
  /** For the audit log, without personal values. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  /** Personal values for the audit log's side table. */
  readonly personal: JsonValue | null;
}
