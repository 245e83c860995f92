import { Refusal, type RefusalParameters } from '../../domain/refusal.ts';
import { ABILITIES, type Ability, type Panel, type PanelHealth } from '../../panels/panel.ts';
import { look } from '../accounts/load.ts';
import type { Context } from '../context.ts';
import { type CrawlState, readCrawls } from '../directory/crawl-state.ts';
import { panelsWith } from '../directory/scope.ts';
import { authorize } from '../policy/authorize.ts';

/** Everything that is known of how a panel is. */
export interface PanelStatus {
  readonly id: string;
  readonly label: string;
  readonly health: PanelHealth;
  readonly crawl: CrawlState;
  /** Null where it may be asked as often as we like. */
  readonly rate: { readonly perMinute: number; readonly left: number } | null;
  readonly abilities: readonly Ability[];
  /** What it cannot, with the reason where its adapter gives one. */
  readonly missing: readonly { readonly ability: Ability; readonly why: string | null }[];
}

/** Abilities of which people see nothing but what others make of them. */
const BEHIND: readonly Ability[] = ['receipts', 'diagnosis'];

/**
 * How the panels are that the actor looks after, or the one that is named.
 *
 * @throws Refusal the policy's, `panel.unknown`
 */
export async function panelStatuses(ctx: Context, panel?: string): Promise<readonly PanelStatus[]> {
  await authorize(ctx, 'panels.manage', panel === undefined ? {} : { panel });
  const shown = panel === undefined ? managedPanels(ctx) : [ctx.panels.get(panel)];
  const crawlOf = await readCrawls(
    ctx,
    shown.map(({ id }) => id),
  );
  return Promise.all(shown.map((each) => statusOf(ctx, each, crawlOf(each.id))));
}

/** The panels that the actor looks after, in their order. @throws Refusal `policy.stale` */
export function managedPanels(ctx: Context): readonly Panel[] {
  return panelsWith(ctx, 'panels.manage').map((id) => ctx.panels.get(id));
}

async function statusOf(ctx: Context, panel: Panel, crawl: CrawlState): Promise<PanelStatus> {
  const health = await healthOf(ctx, panel);
  const { rate, missing } = panel;
  const seen = ABILITIES.filter((ability) => !BEHIND.includes(ability));
  return {
    id: panel.id,
    label: panel.label,
    health,
    crawl,
    rate: rate && { perMinute: rate.perMinute, left: rate.left() },
    abilities: seen.filter((ability) => panel[ability]),
    missing: seen.filter((ability) => !panel[ability]).map((ability) => ({ ability, why: missing[ability] ?? null })),
  };
}

/** Whoever asks wants to know how it is now. One that is known to be down is spared, and watched until it is back. */
async function healthOf(ctx: Context, panel: Panel): Promise<PanelHealth> {
  const health = ctx.panels.health(panel.id);
  if (health.state === 'down') return health;
  const now = ctx.clock.now();
  const since = health.state === 'up' ? health.since : now;
  try {
    const probe = await look(ctx, panel, (call) => panel.probe(call));
    return { state: 'up', since, probe, probedAt: now, failure: null };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'panel.failed') throw error;
    const { kind, detail } = error.parameters as RefusalParameters['panel.failed'];
    const isSilent = kind === 'unreachable' || kind === 'timeout';
    return { ...health, ...(isSilent ? { state: 'down', since: now } : { state: 'up', since }), failure: kind, detail };
  }
}
