import { path } from '../http/client.ts';
import { type DeletionAbility, PanelError } from '../panel.ts';
import type { Connection } from './connection.ts';
import { SETTLE_AFTER_MS } from './map.ts';
import { requireNoAdministratorBehind, requireUser, userToChange } from './users.ts';

export function deletionAbility(panel: Connection): DeletionAbility {
  return {
    traits: {
      idempotent: false,
      proof: 'state',
      settleAfterMs: SETTLE_AFTER_MS.servers,
      effects: ['CtrlPanel.gg brings nothing back that it has deleted.'],
      soft: false,
    },
    async preview(accountId, call) {
      const include = 'discordUser,serversCount,paymentsCount,vouchersCount';
      const user = await requireUser(panel, accountId, call, include);
      const { servers_count: servers = 0, payments_count: payments = 0, vouchers_count: vouchers = 0 } = user;
      return [
        servers === 0
          ? 'It has no servers.'
          : `${counted(servers, 'server is', 'servers are')} deleted at Pterodactyl, with all files.`,
        ...(payments === 0
          ? []
          : [`${counted(payments, 'payment goes', 'payments go')} from the books of CtrlPanel.gg.`]),
        ...(vouchers === 0 ? [] : [`It is forgotten that ${counted(vouchers, 'voucher was', 'vouchers were')} used.`]),
        ...(user.discord_user ? ['Its Discord link goes; the roles that CtrlPanel.gg gave in Discord stay.'] : []),
        'Its tickets and used coupons go.',
        'Its user at Pterodactyl is deleted, unless Pterodactyl refuses: then that one stays.',
      ];
    },
    async delete(accountId, change) {
      const user = await userToChange(panel, accountId, change);
      await requireNoAdministratorBehind(panel, user, change);
      try {
        await panel.client.remove(change, { path: path`/users/${accountId}`, writing: 'servers' });
      } catch (error) {
        // By then it has lost its roles at least, and each server before the one that failed.
        if (!(error instanceof PanelError) || !hasFailedInside(error)) throw error;
        throw new PanelError(error.kind, 'partial', error.message, { detail: HALF_WAY, cause: error });
      }
    },
  };
}

function hasFailedInside({ kind, effect, detail }: PanelError): boolean {
  return kind === 'malformed' && effect !== 'none' && detail !== null;
}

const HALF_WAY =
  'CtrlPanel.gg stopped half way: the account is there without its roles, and some of its servers are gone. Delete it again once Pterodactyl answers.';

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
