import type { Account, AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { recordAccounts } from '../directory/record.ts';
import { ownPasswordToSee } from '../secrets/show.ts';
import { type AccountCard, abilitiesOf, readAround } from './card.ts';
import { look, orAsLastSeen, type Seen, seenNow } from './load.ts';

/** A member's own account: what they may see of it needs no grant, only the link. */
export async function viewOwnAccount(ctx: Context, target: AccountReference): Promise<AccountCard> {
  if (ctx.actor.kind !== 'member') throw refuse('policy.denied', { permission: null });
  const { userId } = ctx.actor;
  const panel = ctx.panels.get(target.panel);
  const [around, newPassword, { account, ...seen }] = await Promise.all([
    readAround(ctx, target),
    ownPasswordToSee(ctx, userId, target),
    readAccount(ctx, target),
  ]);
  if (around.link?.userId !== userId) throw refuse('policy.denied', { permission: null });
  if (!account) throw refuse('member.no_account', {});
  return {
    account,
    panel: { id: panel.id, label: panel.label },
    ...seen,
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

async function readAccount(
  ctx: Context,
  target: AccountReference,
): Promise<Seen & { readonly account: Account | null }> {
  const panel = ctx.panels.get(target.panel);
  const live = async () => {
    const account = await look(ctx, panel, (call) => panel.get(target.accountId, call));
    if (account) await recordAccounts(ctx, [account]);
    return { account, ...seenNow(ctx) };
  };
  return orAsLastSeen(ctx, target, live, async (account, seen) => ({ account, ...seen }));
}
