import type { Account, AccountReference } from '../../domain/account.ts';
import type { Verb } from '../../domain/operation.ts';
import { type Abilities, type Change, requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import type { OperationPlan } from '../operations/plan.ts';
import type { Target, VerbDefinition, Work } from '../operations/verb.ts';
import type { Loaded } from './load.ts';

/** An account before and after a change. */
export interface AccountChange {
  /** Null for a creation. */
  readonly before: Account | null;
  readonly account: Account;
}

/** The abilities that change an account that there is. */
type Changing = Extract<
  keyof Abilities,
  'edit' | 'suspension' | 'deletion' | 'restoration' | 'roles' | 'verification' | 'notifications' | 'password'
>;

/** The parts of a verb that changes an account and gives it back; the rest is the same for all of them. */
interface AccountVerb<Input extends object>
  extends Pick<VerbDefinition<Input, AccountChange>, 'plan' | 'asksPanel' | 'shows' | 'refusal' | 'timers'> {
  readonly verb: Verb;
  readonly ability: Changing;
  readonly traits?: VerbDefinition<Input, AccountChange>['traits'];
  change(account: Account, work: Work<Input>, change: Change): Promise<Account>;
}

export function accountVerb<Input extends object>({
  ability,
  change,
  ...verb
}: AccountVerb<Input>): VerbDefinition<Input, AccountChange> {
  return {
    traits: (panel) => requireAbility(panel, ability).traits,
    ...verb,
    async effect(work, call) {
      const { before } = work;
      if (!before) throw new Error(`${verb.verb} changes an account that there is`);
      return { before, account: await change(before, work, call) };
    },
    result: ({ before }, now) => ({ before, account: now }),
    account: (result) => result.account,
  };
}

/** What an operation on a loaded account has in common with every other. */
export function accountPlan<Input extends object>(
  ctx: Context,
  { panel, account, facts }: Loaded,
  plan: Pick<OperationPlan<Input>, 'permissions' | 'input'> &
    Partial<Omit<OperationPlan<Input>, 'permissions' | 'input'>>,
): OperationPlan<Input> {
  return {
    panel,
    accountId: account.id,
    memberId: facts.member?.userId ?? null,
    target: facts,
    before: account,
    reason: null,
    delta: null,
    repeatWindowMinutes: ctx.settings.current().repeatWindowMinutes,
    dueAt: null,
    facts: {},
    personal: null,
    ...plan,
  };
}

/** The account that an operation is about, for verbs that change one. */
export function accountOf({ panel, accountId }: Target): AccountReference {
  if (accountId === null) throw new Error('this verb needs an account');
  return { panel, accountId };
}
