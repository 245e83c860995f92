import { randomUUID } from 'node:crypto';
import type { Account, AccountReference } from '../../domain/account.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type Call, type Panel, PanelError, type Server } from '../../panels/panel.ts';
import { createContext, type Services } from '../context.ts';
import type { AfterPage } from '../directory/after-page.ts';
import { operate } from '../operation.ts';
import { verbsOf } from '../operations/facets.ts';
import { SUSPEND_SERVER } from '../servers/suspend.ts';
import { HOUSE_ACTOR, readSuspension } from './taken.ts';

/**
 * Suspends the servers that accounts got after the house had suspended them, each as an operation of Steward's own. One that the suspension
 * has taken before, or that somebody has suspended or lifted through Steward since, is left as it is.
 */
export const catchUp: AfterPage = async (services, panel, accounts, call) => {
  if (panel.suspension?.traits.by !== 'house') return;
  for (const account of accounts.filter(mayBeBehind)) {
    if (call.signal.aborted) return;
    try {
      await suspendLater(services, panel, account, call);
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof PanelError)) throw error;
      // Somebody is at work on the account, or the panel does not answer: the next crawl comes by again.
      services.log.info({ error, panel: panel.id }, 'servers of a suspended account could not be suspended yet');
    }
  }
};

function mayBeBehind({ status, details: { servers = 0, suspendedServers = 0 } }: Account): boolean {
  return status === 'suspended' && servers > suspendedServers;
}

async function suspendLater(services: Services, panel: Panel, { id }: Account, call: Call): Promise<void> {
  const target = { panel: panel.id, accountId: id };
  if (!panel.servers || (await isWorkedOn(services, target))) return;
  const suspension = await readSuspension(services.store.sql, target);
  if (!suspension) return;
  const isLater = ({ id: server, status }: Server) => status !== 'suspended' && !suspension.servers.has(server);
  const { number, reason } = suspension;
  for (const { id: server } of (await panel.servers.list(id, call)).filter(isLater)) {
    if (call.signal.aborted) return;
    const actor = { kind: 'system', name: HOUSE_ACTOR } as const;
    const ctx = createContext(services, { actor, origin: `house:${randomUUID()}`, confirmed: true });
    await operate(ctx, SUSPEND_SERVER, target, { server, reason, follows: number });
  }
}

/** Until it is known what came of the last change, nobody can say which servers are to be suspended. */
async function isWorkedOn({ store: { sql } }: Services, { panel, accountId }: AccountReference): Promise<boolean> {
  const verbs = [...verbsOf('account.suspend'), ...verbsOf('server.suspend')] as string[];
  const rows = await sql`
    select from operations where panel = ${panel} and account_id = ${accountId} and state in ('pending', 'unknown')
      and verb = any(${verbs}::text[]) limit 1`;
  return rows.length > 0;
}
