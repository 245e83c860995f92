import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { grantPermission } from '../../src/services/policy/grant.ts';
import { withPanelLabel } from '../../src/services/policy/grants.ts';
import { grantChangedView } from '../../src/views/policy.ts';
import { amount } from '../options/amount.ts';
import { panel } from '../options/panel.ts';
import { permission } from '../options/permission.ts';
import { preset } from '../options/preset.ts';
import { subject } from '../options/subject.ts';

const limit = { ...amount, schema: z.string().max(40).optional(), required: false, offered: true } as const;

export default command({
  name: 'policy grant',
  description: 'Grant a role or a member a preset or a permission',
  permission: 'policy.manage',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Grant rights',
  options: {
    who: subject,
    preset,
    permission: { ...permission, schema: permission.schema.optional(), required: false, offered: true },
    panel,
    per_act: { ...limit, description: 'How many credits at most at once', label: 'Credits at once, at most' },
    per_day: { ...limit, description: 'How many credits at most in a day', label: 'Credits a day, at most' },
  },
  run: async ({ ctx }, input) => {
    const grant = await grantPermission(ctx, {
      subject: input.who,
      permission: input.permission ?? null,
      preset: input.preset ?? null,
      panel: input.panel ?? null,
      perAct: input.per_act ?? null,
      perDay: input.per_day ?? null,
    });
    return grantChangedView('granted', withPanelLabel(ctx.panels, grant));
  },
});
