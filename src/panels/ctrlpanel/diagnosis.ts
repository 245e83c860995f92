import type { Call } from '../panel.ts';
import { type DiagnosisAbility, type Finding, PanelError } from '../panel.ts';
import type { Connection } from './connection.ts';
import type { ReadUser } from './map.ts';
import { requireUser } from './users.ts';

export function diagnosisAbility(panel: Connection): DiagnosisAbility {
  return {
    async diagnose(accountId, call) {
      const user = await requireUser(panel, accountId, call);
      const found: Finding[] = [];
      if (user.suspended) found.push({ code: 'suspended', detail: null });
      if (!user.email_verified_at) found.push({ code: 'unverified', detail: null });
      if ((user.roles ?? []).length === 0) found.push({ code: 'no_role', detail: NO_ROLE });
      const half = await halfCreated(panel, user, call);
      if (half !== null) found.push({ code: 'half_created', detail: half });
      const servers = await suspendedServers(panel, accountId, call);
      if (servers !== null) found.push({ code: 'servers_suspended', detail: servers });
      return found;
    },
  };
}

const NO_ROLE =
  'Without a role it may do nothing in CtrlPanel.gg. A deletion that stopped half way leaves an account so, and so does deleting its role.';

async function halfCreated({ pterodactyl }: Connection, { pterodactyl_id: userId }: ReadUser, call: Call) {
  if (userId === null)
    return 'It has no user at Pterodactyl: it can get no servers, and CtrlPanel.gg cannot change it.';
  if (!pterodactyl || (await pterodactyl.hasUser(userId, call).catch(unlessPanelFailed)) !== false) return null;
  return 'Its user at Pterodactyl is gone: it can get no servers, and CtrlPanel.gg cannot change it.';
}

/** Pterodactyl, asked apart, hides nothing else either. */
function unlessPanelFailed(error: unknown): null {
  if (error instanceof PanelError) return null;
  throw error;
}

/** Asked apart: servers that the panel fails to show hide nothing else. */
async function suspendedServers(panel: Connection, accountId: string, call: Call): Promise<string | null> {
  try {
    const { servers = [] } = await requireUser(panel, accountId, call, 'servers');
    const suspended = servers.filter((server) => server.suspended).length;
    return suspended === 0 ? null : `Suspended servers: ${suspended} of ${servers.length}.`;
  } catch (error) {
    if (error instanceof PanelError && error.kind === 'malformed') return null;
    throw error;
  }
}
