import type { Permission } from '../../domain/permission.ts';
import type { Panel } from '../../panels/panel.ts';
import type { Context, Services } from '../context.ts';
import { actorStanding } from '../policy/authorize.ts';
import { decide } from '../policy/decide.ts';

/** The connected panels on which the actor holds a permission. @throws Refusal `policy.stale` */
export function panelsWith(ctx: Context, permission: Permission): readonly string[] {
  const standing = actorStanding(ctx);
  return ctx.panels.all.map(({ id }) => id).filter((panel) => decide(standing, permission, { panel }).allowed);
}

/** The connected panels whose id or name has what was typed. */
export function panelsNamed({ panels }: Services, typed: string): readonly Panel[] {
  const wanted = typed.trim().toLowerCase();
  return panels.all.filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(wanted));
}

/** What people call a panel, where several are connected and it could be mistaken for another; null where it is the only one. */
export function panelAmongSeveral({ panels }: Services, id: string): string | null {
  return panels.all.length > 1 ? (panels.all.find((panel) => panel.id === id)?.label ?? id) : null;
}

/** Rows with what people call their panels, for lists that may have them from several. */
export function withPanelLabels<Row extends { readonly panel: string }>(
  { panels }: Services,
  rows: readonly Row[],
): readonly (Row & { readonly panelLabel: string })[] {
  const labels = new Map(panels.all.map(({ id, label }) => [id, label]));
  return rows.map((row) => ({ ...row, panelLabel: labels.get(row.panel) ?? row.panel }));
}

/**
 * The connected panels on which the actor may do anything at all. Of accounts elsewhere they learn nothing, not even that they exist.
 *
 * @throws Refusal `policy.stale`
 */
export function panelsInReach(ctx: Context): readonly string[] {
  const { owner, grants } = actorStanding(ctx);
  return ctx.panels.all
    .map(({ id }) => id)
    .filter((panel) => owner || grants.some((grant) => grant.panel === null || grant.panel === panel));
}
