import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { recordAccounts } from '../directory/record.ts';
import { ownPasswordToSee } from '../secrets/show.ts';
import { type AccountCard, abilitiesOf, readAround } from './card.ts';
import { look } from './load.ts';

/** A member's own account: what they may see of it needs no grant, only the link. */
export async function viewOwnAccount(ctx: Context, target: AccountReference): Promise<AccountCard> {
  if (ctx.actor.kind !== 'member') throw refuse('policy.denied', { permission: null });
  const { userId } = ctx.actor;
  const panel = ctx.panels.get(target.panel);
  const [around, newPassword, account] = await Promise.all([
    readAround(ctx, target),
    ownPasswordToSee(ctx, userId, target),
    look(ctx, panel, (call) => panel.get(target.accountId, call)),
  ]);
  if (around.link?.userId !== userId) throw refuse('policy.denied', { permission: null });
  if (!account) throw refuse('member.no_account', {});
  await recordAccounts(ctx, [account]);
  return {
    account,
    panel: { id: panel.id, label: panel.label },
    seenAt: ctx.clock.now(),
    ...around,
    suspension: account.status === 'suspended' ? around.suspension : null,
    deletion: account.status === 'deleted' ? null : around.deletion,
    noteCount: 0,
    permissions: new Set(),
    abilities: abilitiesOf(panel),
    own: true,
    newPassword,
  };
}
