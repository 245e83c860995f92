import type { Backend } from './backend.ts';
import { type CtrlServer, type CtrlState, type CtrlUser, moveCredits } from './state.ts';
import { serversOf, unsuspendServer } from './suspension.ts';

/** Handles the credit events that have queued up, as the panel's worker does. */
export async function runQueue(state: CtrlState, backend: Backend): Promise<void> {
  for (let id = state.queue.shift(); id !== undefined; id = state.queue.shift()) {
    const user = state.users.get(id);
    if (user !== undefined) await unsuspendPaid(state, backend, user);
  }
}

/**
 * Takes one period's price for each suspended server that the balance allows, the cheapest first, and turns it on again. Whether the user
 * is suspended is not asked.
 */
async function unsuspendPaid(state: CtrlState, backend: Backend, user: CtrlUser): Promise<void> {
  const priceOf = ({ productId }: CtrlServer) => state.products.get(productId)?.priceMilli ?? 0n;
  const suspended = serversOf(state, user)
    .filter((server) => server.suspended !== null)
    .toSorted((a, b) => Number(priceOf(a) - priceOf(b)));
  const paid: CtrlServer[] = [];
  for (const server of suspended) {
    if (priceOf(server) > user.creditsMilli) break;
    moveCredits(state, user, -priceOf(server), 'server.charge', { serverId: server.id });
    paid.push(server);
  }
  let restored = 0;
  for (const server of paid) {
    try {
      await unsuspendServer(state, backend, server);
      restored += 1;
    } catch {
      moveCredits(state, user, priceOf(server), 'server.refund', { serverId: server.id });
    }
  }
  if (restored > 0) state.mails.push({ to: user.email, about: 'servers unsuspended' });
}
