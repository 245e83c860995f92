import type { AccountReference } from '../../domain/account.ts';
import { checkReason } from '../accounts/reason.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { type ServerChange, serverVerb } from './verb.ts';

export const SUSPEND_SERVER = serverVerb({
  verb: 'server.suspend',
  to: 'suspended',
  act: (suspension) => (serverId, change) => suspension.suspend(serverId, change),
});

/** Suspends one server of an account. */
export async function suspendServer(
  ctx: Context,
  { target, server, reason }: { target: AccountReference; server: string; reason: string },
): Promise<Outcome<ServerChange>> {
  return operate(ctx, SUSPEND_SERVER, target, { server, reason: checkReason(reason) });
}
