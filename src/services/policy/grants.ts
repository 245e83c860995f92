import { type Permission, PRESET_PERMISSIONS, type Preset, rankOf } from '../../domain/permission.ts';
import type { Panels } from '../../panels/panel.ts';

/** One stored grant: a subject may do what a permission or a preset says, on one panel or on all, up to limits. */
export interface Grant {
  readonly id: number;
  readonly subjectKind: 'role' | 'user';
  readonly subjectId: string;
  readonly permission: Permission | null;
  readonly preset: Preset | null;
  /** Null: every panel. */
  readonly panel: string | null;
  /** Decimal text in the panel's unit; null: no limit. */
  readonly perAct: string | null;
  readonly perDay: string | null;
}

/** The columns of {@link Grant}, in the names of the table. */
export interface GrantRow {
  id: number | string;
  subject_kind: 'role' | 'user';
  subject_id: string;
  permission: Permission | null;
  preset: Preset | null;
  panel: string | null;
  per_act: string | null;
  per_day: string | null;
}

export function toGrant(row: GrantRow): Grant {
  return {
    id: Number(row.id),
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    permission: row.permission,
    preset: row.preset,
    panel: row.panel,
    perAct: row.per_act,
    perDay: row.per_day,
  };
}

/** As people read it: with the label of its panel in the place of the id, while that panel is connected. */
export function withPanelLabel(panels: Panels, grant: Grant): Grant {
  const panel = panels.all.find(({ id }) => id === grant.panel);
  return panel ? { ...grant, panel: panel.label } : grant;
}

export function permissionsOf(grant: Grant): readonly Permission[] {
  if (grant.permission) return [grant.permission];
  return grant.preset ? PRESET_PERMISSIONS[grant.preset] : [];
}

/** Who somebody is to the policy: their grants, by user and by role, and whether they are an owner. */
export interface Standing {
  readonly userId: string;
  readonly roleIds: readonly string[];
  readonly owner: boolean;
  readonly grants: readonly Grant[];
}

export function standingOf(
  grants: readonly Grant[],
  person: { userId: string; roleIds: readonly string[] },
  ownerIds: readonly string[],
): Standing {
  return {
    userId: person.userId,
    roleIds: person.roleIds,
    owner: ownerIds.includes(person.userId),
    grants: grants.filter((grant) =>
      grant.subjectKind === 'user' ? grant.subjectId === person.userId : person.roleIds.includes(grant.subjectId),
    ),
  };
}

/** The rank is that of the highest preset held; single permissions give none. */
export function rankOfStanding(standing: Standing): number {
  if (standing.owner) return rankOf('owner');
  return standing.grants.reduce((rank, { preset }) => Math.max(rank, preset ? rankOf(preset) : 0), rankOf('member'));
}

/** The grants that give a permission on a panel; with `panel` undefined, on any panel at all. */
export function grantsFor(standing: Standing, permission: Permission, panel: string | undefined): readonly Grant[] {
  return standing.grants.filter(
    (grant) =>
      (panel === undefined || grant.panel === null || grant.panel === panel) &&
      permissionsOf(grant).includes(permission),
  );
}

/** The grants that give a permission on all of what another one is for: a panel, or with null every panel. */
export function grantsCovering(standing: Standing, permission: Permission, panel: string | null): readonly Grant[] {
  const grants = grantsFor(standing, permission, panel ?? undefined);
  return panel === null ? grants.filter((grant) => grant.panel === null) : grants;
}
