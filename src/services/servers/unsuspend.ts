import type { AccountReference } from '../../domain/account.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type ServerChange, serverVerb } from './verb.ts';

export const UNSUSPEND_SERVER = serverVerb({
  verb: 'server.unsuspend',
  to: 'active',
  act: (suspension) => (serverId, change) => suspension.unsuspend(serverId, change),
});

/** Lifts the suspension of one server of an account; of all that are suspended where none is named. */
export async function unsuspendServer(
  ctx: Context,
  { target, server }: { target: AccountReference; server: string | null },
): Promise<Outcome<ServerChange>> {
  return operate(ctx, UNSUSPEND_SERVER, target, { server, reason: null });
}
