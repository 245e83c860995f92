import type { Context } from '../context.ts';
import type { Settings } from './schema.ts';

/**
 * The chosen channels in which nothing can be posted, by id. Where Discord does not say in time, none: the settings are there all the same.
 */
export async function unreachableChannels(
  ctx: Context,
  { auditChannelId, approvalsChannelId }: Settings,
): Promise<ReadonlySet<string>> {
  const chosen = [auditChannelId, approvalsChannelId].filter((id) => id !== null);
  try {
    return await ctx.channels.unreachable(chosen);
  } catch (error) {
    ctx.log.warn({ error }, 'Discord could not be asked where Steward may post');
    return new Set();
  }
}
