import type { Account, AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Panel, requireAbility, type Server } from '../../panels/panel.ts';
import { loadAccount, look } from '../accounts/load.ts';
import type { Context } from '../context.ts';
import { recordAccounts } from '../directory/record.ts';
import { authorizeOwn, permissionsOn } from '../policy/authorize.ts';

export interface AccountServers {
  readonly account: AccountReference & Pick<Account, 'username' | 'name' | 'status'>;
  readonly servers: readonly Server[];
  /** The actor may suspend and lift them, and the panel can. */
  readonly suspendable: boolean;
}

/** The servers of an account, for staff. @throws Refusal `ability.missing` where the panel shows none */
export async function listServers(ctx: Context, target: AccountReference): Promise<AccountServers> {
  const { panel, account, facts } = await loadAccount(ctx, ['accounts.view'], target);
  const may = permissionsOn(ctx, facts).has('servers.suspend') && panel.servers?.suspension !== undefined;
  return serversOf(ctx, panel, account, may && account.status !== 'deleted');
}

/** A member's own servers: to see them needs no grant, only the link. @throws Refusal as {@link listServers}, `policy.denied` */
export async function listOwnServers(ctx: Context, target: AccountReference): Promise<AccountServers> {
  await authorizeOwn(ctx, target);
  const panel = ctx.panels.get(target.panel);
  const account = await look(ctx, panel, (call) => panel.get(target.accountId, call));
  if (!account) throw refuse('member.no_account', {});
  await recordAccounts(ctx, [account]);
  return serversOf(ctx, panel, account, false);
}

async function serversOf(ctx: Context, panel: Panel, account: Account, suspendable: boolean): Promise<AccountServers> {
  const ability = requireAbility(panel, 'servers');
  const servers = await look(ctx, panel, (call) => ability.list(account.id, call));
  const { id, username, name, status } = account;
  return { account: { panel: panel.id, accountId: id, username, name, status }, servers, suspendable };
}
