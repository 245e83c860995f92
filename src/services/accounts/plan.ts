import type { Account } from '../../domain/account.ts';
import type { Verb } from '../../domain/operation.ts';
import type { Permission } from '../../domain/permission.ts';
import type { Change, JsonValue } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import type { OperationPlan } from '../operations/plan.ts';
import type { Loaded } from './load.ts';

/** An account before and after a change. */
export interface AccountChange {
  /** Null for a creation. */
  readonly before: Account | null;
  readonly account: Account;
}

/** What an operation on a loaded account has in common with every other. */
export function changePlan(
  ctx: Context,
  { panel, account, facts }: Loaded,
  change: {
    verb: Verb;
    permission: Permission;
    input: Readonly<Record<string, unknown>>;
    reason?: string | null;
    facts?: Readonly<Record<string, JsonValue>>;
    personal?: JsonValue;
    effect: (change: Change) => Promise<Account>;
  },
): OperationPlan<AccountChange> {
  return {
    verb: change.verb,
    panel,
    accountId: account.id,
    memberId: facts.member?.userId ?? null,
    target: facts,
    permissions: [change.permission],
    input: change.input,
    before: account,
    reason: change.reason ?? null,
    delta: null,
    repeatWindowMinutes: ctx.settings.current().repeatWindowMinutes,
    facts: change.facts ?? {},
    personal: change.personal ?? null,
    effect: async (call) => ({ before: account, account: await change.effect(call) }),
    account: (result) => result.account,
  };
}
