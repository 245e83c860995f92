import type { OperationState, OwnFailure, SettledBy } from '../../domain/operation.ts';
import type { PanelFailure, RefusalCode, RefusalParameters } from '../../domain/refusal.ts';
import type { OperationSummary } from './summary.ts';

/** Why a person is asked how an operation ended, with what reading has shown. Balances in the smallest part of the operation's unit. */
export type Doubt =
  /** Others move this balance too, so it does not prove anything. `seenMinor` is null where it could not be read. */
  | {
      readonly why: 'balance';
      readonly beforeMinor: bigint;
      readonly expectedMinor: bigint;
      readonly seenMinor: bigint | null;
    }
  /** Others change the number of servers that the account may have, too. `seen` is null where it could not be read. */
  | { readonly why: 'limit'; readonly before: number; readonly expected: number; readonly seen: number | null }
  /** It stopped half way, at a step that must not be repeated by itself. */
  | { readonly why: 'steps'; readonly done: readonly string[]; readonly open: string }
  /** What the panel shows does not tell. */
  | { readonly why: 'unclear' }
  /** After it was settled, whoever had worked on it came back with another outcome. */
  | { readonly why: 'contradiction'; readonly came: Extract<OperationState, 'succeeded' | 'failed'> };

/** Everything that is known of one operation. */
export interface OperationRecord {
  readonly operation: OperationSummary;
  /** `amongSeveral`: others are connected beside it, so that it has to be named. */
  readonly panel: { readonly id: string; readonly label: string; readonly amongSeveral?: boolean };
  /** Username of the account, as it was before, came to be, or was to become. */
  readonly username: string | null;
  /** In the smallest part of the unit of the operation's delta; null until it has moved anything. */
  readonly balance: { readonly before: bigint; readonly after: bigint } | null;
  readonly endedAt: Date | null;
  readonly failure: PanelFailure | OwnFailure | null;
  readonly failureDetail: string | null;
  readonly settledBy: SettledBy | null;
  /** The person who said how it ended; null where none did. */
  readonly settlerId: string | null;
  /** What an edit changed. */
  readonly changed: readonly ('email' | 'username' | 'name')[];
  /** The role that was given, taken or made the only one, where it changes roles. */
  readonly role: { readonly name: string; readonly change: 'add' | 'remove' | 'set' } | null;
  /** By how many servers a limit is changed, or to how many it is set; before and after are null until it was. */
  readonly limit: { readonly count: number; readonly before: number | null; readonly after: number | null } | null;
  /** What each use of a voucher gives, in the unit of the operation's delta, and how many there are; null for anything else. */
  readonly voucher: { readonly creditsMinor: bigint; readonly uses: number } | null;
  /** The names of the servers that were suspended or lifted, once they were. */
  readonly servers: readonly string[];
  /** Null while no person is asked. */
  readonly doubt: Doubt | null;
  /** Null where it waits for nobody. */
  readonly waiting: {
    readonly because:
      | { [Code in RefusalCode]: { readonly code: Code; readonly parameters: RefusalParameters[Code] } }[RefusalCode]
      | null;
    readonly needed: number;
    readonly until: Date | null;
  } | null;
  /** What approvers said, oldest first. */
  readonly decisions: readonly {
    readonly userId: string;
    readonly decision: 'approved' | 'declined';
    readonly reason: string | null;
    readonly at: Date;
  }[];
  readonly steps: readonly { readonly name: string; readonly state: 'pending' | 'succeeded' | 'failed' | 'unknown' }[];
  /** What was added to it afterwards, oldest first. */
  readonly amendments: readonly {
    readonly id: number;
    readonly authorId: string;
    readonly reason: string | null;
    readonly messageLink: string | null;
    readonly fileName: string | null;
    readonly at: Date;
  }[];
  /** Operations that are linked to this one, oldest first: what took it back, ended what it began, or corrects it. */
  readonly linked: readonly OperationSummary[];
  /** Movements of the balance that are known since it was stated, oldest first, its own among them. */
  readonly movements: readonly {
    readonly kind: 'ours' | 'outside';
    readonly deltaMinor: bigint;
    readonly at: Date;
    readonly operation: number | null;
  }[];
}
