import { accountCommand } from '../../src/discord/command.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { listServers } from '../../src/services/servers/list.ts';
import { serversView } from '../../src/views/servers.ts';
import { pageNumber } from '../options/hidden.ts';

export default accountCommand({
  name: 'user servers',
  description: 'Show the servers of an account, and suspend or lift single ones',
  permission: 'accounts.view',
  ability: 'servers',
  scope: 'staff',
  answer: 'private',
  options: { page: pageNumber },
  run: async ({ ctx, target, place }, { page }) => {
    const found = await listServers(ctx, target);
    const panelLabel = panelAmongSeveral(ctx, target.panel);
    return serversView({ ...found, panelLabel, page, staff: place.staff, now: ctx.clock.now() });
  },
});
