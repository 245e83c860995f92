import type { AccountReference } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { loadAccount } from '../accounts/load.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { authorizeNow } from '../policy/authorize.ts';
import { keepAtPanel } from './keep.ts';
import { type NamedLink, refuseOwn } from './set.ts';

/**
 * Removes the link of an account, and clears what the panel holds of it. Its row stays: the policy asks who was ever linked. The same request
 * delivered again finds what it did.
 *
 * @throws Refusal the policy's, `link.none`, `link.own`, and what reading the account throws
 */
export async function removeLink(ctx: Context, { target }: { target: AccountReference }): Promise<NamedLink> {
  const { account } = await loadAccount(ctx, ['links.manage'], target);
  const removerId = actorId(ctx.actor);
  const userId = await ctx.store.sql.begin(async (transaction) => {
    await authorizeNow(ctx, transaction, 'links.manage', target.panel);
    await consumePress(ctx, transaction);
    if (!(await isFirstTime(ctx, 'link.remove', transaction))) return removedBefore(ctx, transaction, target);
    const [link] = await transaction<{ user_id: string; proof: string }[]>`
      update links set removed_at = ${ctx.clock.now()}, removed_by = ${removerId}
      where panel = ${target.panel} and account_id = ${target.accountId} and removed_at is null
      returning user_id, proof`;
    if (!link) throw refuse('link.none', {});
    refuseOwn(ctx, link.user_id);
    await recordAudit(transaction, {
      actorId: removerId,
      action: 'link.remove',
      outcome: 'succeeded',
      ...target,
      memberId: link.user_id,
      facts: { proof: link.proof, origin: ctx.origin },
    });
    return link.user_id;
  });
  // What the panel holds of somebody else is not ours to clear.
  const foreign = account.discordId !== null && account.discordId !== userId;
  const kept = foreign ? null : await keepAtPanel(ctx, target, null);
  return { target, username: account.username, userId, kept };
}

/** Whom this same request unlinked, when it was delivered before. @throws Refusal `link.none` */
async function removedBefore(ctx: Context, transaction: Transaction, target: AccountReference): Promise<string> {
  const [removal] = await transaction<{ member_id: string }[]>`
    select member_id from audit
    where panel = ${target.panel} and account_id = ${target.accountId} and action = 'link.remove'
      and facts ->> 'origin' = ${ctx.origin}`;
  if (!removal) throw refuse('link.none', {});
  return removal.member_id;
}
