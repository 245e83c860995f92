import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { listGrants } from '../../src/services/policy/grant.ts';
import { grantsView } from '../../src/views/policy.ts';
import { hiddenNumber } from '../options/cursor.ts';

export default command({
  name: 'policy list',
  description: 'List who may do what',
  permission: 'audit.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: { page: { ...hiddenNumber, schema: z.coerce.number().int().nonnegative().default(0), required: false } },
  run: async ({ ctx }, { page }) =>
    grantsView(await listGrants(ctx), page, ctx.ownerIds, allowed(ctx, 'policy.manage')),
});
