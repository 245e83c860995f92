import type { Account, AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { provenOwner } from '../links/set.ts';
import { type Outcome, operate } from '../operation.ts';
import type { VerbDefinition } from '../operations/verb.ts';
import { readContact } from '../people/contact.ts';
import { keepSecret } from '../secrets/keep.ts';
import { makePassword } from '../secrets/password.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, accountOf, accountPlan } from './plan.ts';
import { checkReason } from './reason.ts';

interface PasswordReset {
  readonly reason: string;
  /** The Discord user who sees the new password: the linked member, or where there is none whoever asks for it. */
  readonly readerId: string;
}

/**
 * Gives an account a new password, which Steward makes and one person sees once.
 *
 * It is kept, sealed, before the panel is asked. A process that dies at any point leaves either an account with its old password and a
 * secret that is never shown, because the operation has not succeeded; or an account with the new one, which is the one that is kept. And
 * whoever goes on with the operation sets the very same password, so that it does no harm to ask a panel twice, nor when a panel acts late
 * on the first attempt: whatever order they come in, the password is the one that will be shown.
 */
export const SET_PASSWORD: VerbDefinition<PasswordReset, AccountChange> = {
  verb: 'account.password',
  traits: (panel) => requireAbility(panel, 'password').traits,
  async plan(ctx, target, { reason }) {
    const loaded = await loadForChange(ctx, ['accounts.password'], accountOf(target));
    requireAbility(loaded.panel, 'password');
    // Staff see the password of an account that is nobody's here; this one is somebody's.
    const provenId = provenOwner(loaded);
    if (provenId !== null && provenId !== loaded.facts.member?.userId)
      throw refuse('account.held', { userId: provenId });
    return accountPlan(ctx, loaded, {
      permissions: ['accounts.password'],
      input: { reason, readerId: loaded.facts.member?.userId ?? askerOf(ctx) },
      reason,
    });
  },
  async effect({ panel, before, input }, change, services) {
    if (!before) throw new Error('a password is given to an account that there is');
    const ability = requireAbility(panel, 'password');
    const changed: { account: Account } = { account: before };
    const set = async () => {
      const owner = { reference: change.reference, userId: input.readerId };
      const password = await keepSecret(services, owner, () => makePassword(ability.traits));
      changed.account = await ability.set(before.id, password, change);
      return null;
    };
    await change.step('password', set, { repeatable: true });
    return { before, account: changed.account };
  },
  result: ({ before }, now) => ({ before, account: now }),
  account: ({ account }) => account,
};

function askerOf({ actor }: Context): string {
  if (actor.kind !== 'member') throw refuse('policy.denied', { permission: 'accounts.password' });
  return actor.userId;
}

/**
 * By which way a new password comes to its reader: `direct`, by a direct message to the member; `closed`, by their own card, since they are
 * known to accept no direct messages; `own`, the member has asked themself; `shown`, by the answer to whoever made it.
 */
export type PasswordWay = 'direct' | 'closed' | 'own' | 'shown';

export interface NewPassword extends AccountChange {
  readonly way: PasswordWay;
}

/** Gives an account a new password. */
export async function setPassword(
  ctx: Context,
  input: { target: AccountReference; reason: string },
): Promise<Outcome<NewPassword>> {
  const reason = checkReason(input.reason);
  const outcome = await operate(ctx, SET_PASSWORD, input.target, { reason, readerId: '' });
  if (outcome.kind !== 'done') return outcome;
  return { ...outcome, result: { ...outcome.result, way: await wayTo(ctx, outcome.operation.memberId) } };
}

async function wayTo(ctx: Context, memberId: string | null): Promise<PasswordWay> {
  if (memberId === null) return 'shown';
  if (memberId === askerOf(ctx)) return 'own';
  const { closedSince } = await readContact(ctx, memberId);
  return closedSince === null ? 'direct' : 'closed';
}
