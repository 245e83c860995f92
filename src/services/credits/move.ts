import type { Account, AccountReference } from '../../domain/account.ts';
import { type Money, subtract } from '../../domain/money.ts';
import type { Verb } from '../../domain/operation.ts';
import type { Permission } from '../../domain/permission.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import {
  type BalanceChange,
  type Change,
  type CreditsAbility,
  type PanelError,
  requireAbility,
} from '../../panels/panel.ts';
import { type Loaded, loadForChange } from '../accounts/load.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';

/** What a movement of credits did. */
export interface BalanceMove {
  readonly account: Account;
  readonly delta: Money;
  readonly before: Money;
  readonly after: Money;
  readonly reason: string;
}

/** How one verb moves credits, once the account was read. */
export interface Movement {
  readonly verb: Verb;
  readonly permissions: readonly Permission[];
  readonly delta: Money;
  readonly input: Readonly<Record<string, unknown>>;
  run(change: Change): Promise<BalanceChange>;
}

/** What every movement of credits shares: reason, reading, rights, the operation. */
export async function moveCredits(
  ctx: Context,
  input: { target: AccountReference; reason: string },
  permission: Permission,
  movement: (ability: CreditsAbility, account: Account, balance: Money) => Movement,
): Promise<Outcome<BalanceMove>> {
  const reason = checkReason(input.reason);
  return operate(ctx, input.target, async () => {
    const loaded = await loadForChange(ctx, [permission], input.target);
    const ability = requireAbility(loaded.panel, 'credits');
    const balance = loaded.account.balance ?? { minor: 0n, unit: ability.traits.unit };
    return movementPlan(ctx, loaded, reason, movement(ability, loaded.account, balance));
  });
}

function movementPlan(ctx: Context, { panel, account, facts }: Loaded, reason: string, movement: Movement) {
  return {
    verb: movement.verb,
    panel,
    accountId: account.id,
    memberId: facts.member?.userId ?? null,
    target: facts,
    permissions: movement.permissions,
    input: { ...movement.input, reason },
    before: account,
    reason,
    delta: movement.delta,
    repeatWindowMinutes: ctx.settings.current().repeatWindowMinutes,
    personal: null,
    effect: async (change: Change): Promise<BalanceMove> => {
      const { after } = await movement.run(change);
      // What others moved during the call is not ours, though the panel may have read it between before and after.
      const before = subtract(after, movement.delta);
      return { account: { ...account, balance: after }, delta: movement.delta, before, after, reason };
    },
    account: (result: BalanceMove) => result.account,
    balance: ({ before, after }: BalanceMove) => ({ before, after }),
    refusal: (error: PanelError) => movementRefusal(error, account),
  };
}

/** A panel rejects what the balance does not cover, and tells when it is no longer what was read. */
function movementRefusal(error: PanelError, account: Account): Refusal | null {
  if (error.kind === 'rejected' && error.detail === 'balance' && account.balance) {
    return refuse('credits.insufficient', { balance: account.balance });
  }
  return error.kind === 'conflict' ? refuse('target.changed', {}) : null;
}
