import type { Account, AccountReference } from '../../domain/account.ts';
import { type Money, money, subtract, type Unit } from '../../domain/money.ts';
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
import { loadForChange } from '../accounts/load.ts';
import { accountOf, accountPlan } from '../accounts/plan.ts';
import type { Context } from '../context.ts';
import type { VerbDefinition, Work } from '../operations/verb.ts';
import { authorize } from '../policy/authorize.ts';

/** What a movement of credits did. */
export interface BalanceMove {
  readonly account: Account;
  readonly delta: Money;
  readonly before: Money;
  readonly after: Money;
  readonly reason: string;
}

/** An amount, or the balance that is wanted, and why. */
export interface MovementInput {
  readonly amount: Money;
  readonly reason: string;
}

/** How one verb moves credits. */
interface Movement {
  readonly verb: Verb;
  /** What it needs, unless it takes back a deed of one's own. */
  permissions(delta: Money): readonly [Permission, ...Permission[]];
  /** By how much it changes this balance. @throws Refusal when it cannot */
  delta(input: MovementInput, balance: Money): Money;
  run(
    ability: CreditsAbility,
    accountId: string,
    input: MovementInput,
    balance: Money,
    change: Change,
  ): Promise<BalanceChange>;
}

/** What every movement of credits shares: reading, rights, what came of it. */
export function movementVerb(movement: Movement): VerbDefinition<MovementInput, BalanceMove> {
  const deltaOf = ({ before, input }: Work<MovementInput>) =>
    movement.delta(input, balanceOf(before, input.amount.unit));
  return {
    verb: movement.verb,
    traits: (panel) => requireAbility(panel, 'credits').traits,
    async plan(ctx, target, input, options) {
      const own = movement.permissions({ ...input.amount, minor: 0n });
      const loaded = await loadForChange(ctx, options.permissions ?? [own[0]], accountOf(target));
      requireAbility(loaded.panel, 'credits');
      const delta = movement.delta(input, balanceOf(loaded.account, input.amount.unit));
      const permissions = options.permissions ?? movement.permissions(delta);
      return accountPlan(ctx, loaded, { permissions, input, reason: input.reason, delta });
    },
    async effect(work, change) {
      const { panel, before: account, input } = work;
      if (!account) throw new Error('credits are moved on an account that there is');
      const ability = requireAbility(panel, 'credits');
      const { after } = await movement.run(ability, account.id, input, balanceOf(account, input.amount.unit), change);
      return moved(work, { ...account, balance: after }, deltaOf(work));
    },
    result: (work, now) => moved(work, now, deltaOf(work)),
    account: ({ account }) => account,
    balance: ({ before, after }) => ({ before, after }),
    refusal: (error, { before }) => movementRefusal(error, before),
  };
}

/** What others moved during the call is not ours, though the panel may have read it between before and after. */
function moved({ input }: Work<MovementInput>, account: Account, delta: Money): BalanceMove {
  const after = balanceOf(account, delta.unit);
  return { account, delta, before: subtract(after, delta), after, reason: input.reason };
}

function balanceOf(account: Account | null, unit: Unit): Money {
  return account?.balance ?? money(0n, unit);
}

/** The unit of a panel's credits, for whoever may move them there. @throws Refusal the policy's, `ability.missing` */
export async function unitFor(ctx: Context, permission: Permission, { panel }: AccountReference): Promise<Unit> {
  await authorize(ctx, permission, { panel });
  return requireAbility(ctx.panels.get(panel), 'credits').traits.unit;
}

/** A panel rejects what the balance does not cover, and tells when it is no longer what was read. */
function movementRefusal(error: PanelError, account: Account | null): Refusal | null {
  if (error.kind === 'rejected' && error.detail === 'balance' && account?.balance) {
    return refuse('credits.insufficient', { balance: account.balance });
  }
  return error.kind === 'conflict' ? refuse('target.changed', {}) : null;
}
