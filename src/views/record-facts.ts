import type { OperationState, OwnFailure, SettledBy } from '../domain/operation.ts';
import type { PanelFailure } from '../domain/refusal.ts';
import type { Because } from '../locales/en/approvals.ts';
import type { OperationFacts } from './operation-line.ts';

/** An operation with what it was about and what it is to others. */
export interface RelatedOperation extends OperationFacts {
  readonly memberId: string | null;
  /** When what it began ends by itself. */
  readonly dueAt: Date | null;
}

/** Why a person is asked how it ended. Balances in the smallest part of the operation's unit. */
export type DoubtFacts =
  | {
      readonly why: 'balance';
      readonly beforeMinor: bigint;
      readonly expectedMinor: bigint;
      readonly seenMinor: bigint | null;
    }
  | { readonly why: 'limit'; readonly before: number; readonly expected: number; readonly seen: number | null }
  | { readonly why: 'steps'; readonly done: readonly string[]; readonly open: string }
  | { readonly why: 'unclear' }
  | { readonly why: 'contradiction'; readonly came: 'succeeded' | 'failed' };

/** All that is known of one operation, as far as people are told of it. */
export interface RecordFacts {
  readonly operation: RelatedOperation;
  /** `amongSeveral`: others are connected beside it, so that it has to be named. */
  readonly panel: { readonly id: string; readonly label: string; readonly amongSeveral?: boolean };
  readonly username: string | null;
  /** In the unit of the operation's `delta`. */
  readonly balance: { readonly before: bigint; readonly after: bigint } | null;
  readonly failure: PanelFailure | OwnFailure | null;
  readonly failureDetail: string | null;
  readonly settledBy: SettledBy | null;
  readonly settlerId: string | null;
  readonly changed: readonly ('email' | 'username' | 'name')[];
  readonly role: { readonly name: string; readonly change: 'add' | 'remove' | 'set' } | null;
  readonly limit: { readonly count: number; readonly before: number | null; readonly after: number | null } | null;
  /** In the unit of the operation's `delta`. */
  readonly voucher: { readonly creditsMinor: bigint; readonly uses: number } | null;
  readonly servers: readonly string[];
  readonly doubt: DoubtFacts | null;
  readonly waiting: { readonly because: Because | null; readonly needed: number; readonly until: Date | null } | null;
  readonly decisions: readonly {
    readonly userId: string;
    readonly decision: 'approved' | 'declined';
    readonly reason: string | null;
    readonly at: Date;
  }[];
  readonly steps: readonly { readonly name: string; readonly state: Exclude<OperationState, 'awaiting_approval'> }[];
  readonly linked: readonly RelatedOperation[];
  readonly movements: readonly {
    readonly kind: 'ours' | 'outside';
    readonly deltaMinor: bigint;
    readonly at: Date;
    readonly operation: number | null;
  }[];
}
