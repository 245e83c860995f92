import { PanelError } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { actorStanding } from './authorize.ts';

/** What a new community has still to do; each line is done or has its mend. */
export interface FirstRunChecklist {
  readonly auditChannel: boolean;
  readonly staffChannel: boolean;
  readonly panels: readonly { readonly label: string; readonly reached: boolean }[];
  readonly linked: boolean;
}

/** For an owner, while no grant is stored; null otherwise. */
export async function firstRunChecklist(ctx: Context): Promise<FirstRunChecklist | null> {
  if (ctx.policy.current().grants.length > 0 || !actorStanding(ctx).owner || ctx.actor.kind !== 'member') return null;
  const { auditChannelId, staffChannelIds } = ctx.settings.current();
  const [link] = await ctx.store.sql`
    select from links where user_id = ${ctx.actor.userId} and removed_at is null limit 1`;
  return {
    auditChannel: auditChannelId !== null,
    staffChannel: staffChannelIds.length > 0,
    panels: await Promise.all(
      ctx.panels.all.map(async (panel) => ({ label: panel.label, reached: await reaches(ctx, panel) })),
    ),
    linked: link !== undefined,
  };
}

async function reaches(ctx: Context, panel: Context['panels']['all'][number]): Promise<boolean> {
  try {
    await panel.probe({ signal: AbortSignal.timeout(ctx.timing.readTimeoutMs) });
    return true;
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    return false;
  }
}
