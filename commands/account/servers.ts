import { command } from '../../src/discord/command.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { listOwnServers } from '../../src/services/servers/list.ts';
import { ownServersView } from '../../src/views/servers.ts';
import { pageNumber } from '../options/hidden.ts';
import { ownOptions, withOwnAccount } from './own.ts';

export default command({
  name: 'account servers',
  description: 'Show your servers, to you alone',
  permission: null,
  ability: 'servers',
  scope: 'member',
  answer: 'private',
  options: { ...ownOptions, page: pageNumber },
  run: async (request, { account: picked, page }) =>
    withOwnAccount(
      request,
      picked,
      async (own) => {
        const { account, servers } = await listOwnServers(request.ctx, own);
        const panelLabel = panelAmongSeveral(request.ctx, own.panel);
        return ownServersView({ account, servers, panelLabel, page, now: request.ctx.clock.now() });
      },
      'servers',
    ),
});
