import { command } from '../../src/discord/command.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { withPanelLabel } from '../../src/services/policy/grants.ts';
import { listGrants } from '../../src/services/policy/list.ts';
import { grantsView } from '../../src/views/policy.ts';
import { pageNumber } from '../options/hidden.ts';

export default command({
  name: 'policy list',
  description: 'List who may do what',
  permission: 'audit.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: { page: pageNumber },
  run: async ({ ctx }, { page }) =>
    grantsView(
      (await listGrants(ctx)).map((grant) => withPanelLabel(ctx.panels, grant)),
      page,
      ctx.ownerIds,
      allowed(ctx, 'policy.manage'),
    ),
});
