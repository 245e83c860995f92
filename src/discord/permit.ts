/** Whether a person may run a command at all, here: asked on every way in, before anything is looked up. */
import type { Permission } from '../domain/permission.ts';
import { refuse } from '../domain/refusal.ts';
import type { Context } from '../services/context.ts';
import { allowed } from '../services/policy/authorize.ts';
import type { Command } from './command.ts';
import type { Interaction } from './payload.ts';

/** What staff do is done in the served guilds; members ask after themselves anywhere. @throws Refusal `place.…` */
export function permitPlace(command: Command, { guildId }: Interaction, guildIds: readonly string[]): void {
  const { scope, permission } = command;
  if (scope === 'member' || (scope === 'internal' && !permission)) return;
  if (guildId === null) throw refuse('place.staff_in_dm', {});
  if (!guildIds.includes(guildId)) throw refuse('place.foreign_guild', {});
}

/** From the policy in memory alone. @throws Refusal `policy.denied`, `policy.stale` */
export function permitActor(ctx: Context, permissions: readonly Permission[]): void {
  const missing = permissions.find((permission) => !allowed(ctx, permission));
  if (missing) throw refuse('policy.denied', { permission: missing });
}
