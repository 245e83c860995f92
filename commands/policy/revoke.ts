import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { withPanelLabel } from '../../src/services/policy/grants.ts';
import { listGrants } from '../../src/services/policy/list.ts';
import { revokeGrant } from '../../src/services/policy/revoke.ts';
import { grantChangedView, grantsView } from '../../src/views/policy.ts';
import { hiddenNumber } from '../options/hidden.ts';
import { panel } from '../options/panel.ts';
import { permission } from '../options/permission.ts';
import { preset } from '../options/preset.ts';
import { subject } from '../options/subject.ts';

/** Revokes the one grant that is meant; where several could be, it shows them with a button each. */
export default command({
  name: 'policy revoke',
  description: 'Revoke what was granted to a role or a member',
  permission: 'policy.manage',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: {
    who: { ...subject, schema: subject.schema.optional(), required: false },
    preset: { ...preset, offered: false },
    permission: { ...permission, schema: permission.schema.optional(), required: false },
    panel,
    grant: { ...hiddenNumber, schema: z.coerce.number().int().optional(), required: false },
  },
  run: async ({ ctx }, { who, grant, ...rights }) => {
    const revoke = async (id: number | null) =>
      grantChangedView('revoked', withPanelLabel(ctx.panels, await revokeGrant(ctx, id)));
    if (grant !== undefined) return revoke(grant);
    const meant = (await listGrants(ctx)).filter(
      (each) =>
        (who === undefined || (each.subjectKind === who.kind && each.subjectId === who.id)) &&
        (rights.preset === undefined || each.preset === rights.preset) &&
        (rights.permission === undefined || each.permission === rights.permission) &&
        (rights.panel === undefined || each.panel === rights.panel),
    );
    const [only, ...others] = meant;
    if (only && (who === undefined || others.length > 0)) {
      return grantsView(
        meant.map((each) => withPanelLabel(ctx.panels, each)),
        0,
        [],
        true,
      );
    }
    return revoke(only?.id ?? null);
  },
});
