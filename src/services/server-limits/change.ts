import type { Account } from '../../domain/account.ts';
import type { Verb } from '../../domain/operation.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import {
  type Change,
  type LimitChange,
  type PanelError,
  requireAbility,
  type ServerLimitAbility,
} from '../../panels/panel.ts';
import { loadForChange } from '../accounts/load.ts';
import { accountOf, accountPlan } from '../accounts/plan.ts';
import type { VerbDefinition, Work } from '../operations/verb.ts';

/** What a change of a server limit did. */
export interface LimitMove {
  readonly account: Account;
  /** By how many servers, below zero where it was lowered. */
  readonly by: number;
  readonly before: number;
  readonly after: number;
}

/** How many servers more or less, or how many in all, and why. */
export interface LimitInput {
  readonly count: number;
  readonly reason: string;
}

/** How one verb changes a limit. */
interface LimitVerb {
  readonly verb: Verb;
  /** By how many it changes this limit. @throws Refusal when it cannot */
  by(count: number, limit: number): number;
  run(
    ability: ServerLimitAbility,
    accountId: string,
    input: LimitInput,
    limit: number,
    change: Change,
  ): Promise<LimitChange>;
  readonly shows?: (input: LimitInput, before: number, now: number) => boolean | null;
}

/** What every change of a limit shares: reading, rights, what came of it. */
export function limitVerb({ verb, by, run, shows }: LimitVerb): VerbDefinition<LimitInput, LimitMove> {
  const moved = ({ before, input }: Work<LimitInput>, account: Account): LimitMove => {
    const change = by(input.count, limitOf(before) ?? 0);
    const after = limitOf(account) ?? 0;
    // What others changed during the call is not ours, though the panel may have read it between before and after.
    return { account, by: change, before: after - change, after };
  };
  return {
    verb,
    traits: (panel) => requireAbility(panel, 'serverLimit').traits,
    async plan(ctx, target, input, options) {
      const permissions = options.permissions ?? ['limits.edit'];
      const loaded = await loadForChange(ctx, permissions, accountOf(target));
      const { largest } = requireAbility(loaded.panel, 'serverLimit').traits;
      const limit = limitOf(loaded.account);
      if (limit === null) throw refuse('panel.failed', { panel: loaded.panel.label, kind: 'malformed', detail: null });
      const after = limit + by(input.count, limit);
      if (after > largest) throw refuse('limit.too_large', { largest });
      const facts = { count: input.count, before: limit, after };
      return accountPlan(ctx, loaded, { permissions, input, reason: input.reason, facts });
    },
    async effect(work, change) {
      const { panel, before: account, input } = work;
      if (!account) throw new Error('a limit is one of an account that there is');
      const ability = requireAbility(panel, 'serverLimit');
      const { after } = await run(ability, account.id, input, limitOf(account) ?? 0, change);
      return moved(work, { ...account, details: { ...account.details, serverLimit: after } });
    },
    result: moved,
    account: ({ account }) => account,
    shows({ before, input }, now) {
      const [was, is] = [limitOf(before), limitOf(now)];
      return was === null || is === null ? null : (shows?.(input, was, is) ?? null);
    },
    hint({ before, input }, now) {
      const was = limitOf(before);
      if (was === null) return null;
      return { why: 'limit', before: was, expected: was + by(input.count, was), seen: limitOf(now) };
    },
    refusal: (error, { before }) => limitRefusal(error, limitOf(before)),
  };
}

function limitOf(account: Account | null): number | null {
  return account?.details.serverLimit ?? null;
}

/** A panel rejects to take more than there is, and tells when the limit is no longer what was read. */
function limitRefusal(error: PanelError, limit: number | null): Refusal | null {
  if (error.kind === 'rejected' && error.detail === 'limit' && limit !== null)
    return refuse('limit.insufficient', { limit });
  return error.kind === 'conflict' ? refuse('target.changed', {}) : null;
}
