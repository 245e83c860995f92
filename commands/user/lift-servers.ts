import { accountCommand } from '../../src/discord/command.ts';
import { unsuspendServer } from '../../src/services/servers/unsuspend.ts';
import { serversAnswer } from '../answers/outcome.ts';
import { optionalServerId } from '../options/server.ts';

/** Without a server, all of them that are suspended. */
export default accountCommand({
  name: 'user lift-servers',
  description: 'Lift the suspension of one server of an account, or of all',
  permission: 'servers.suspend',
  ability: 'servers',
  scope: 'internal',
  answer: 'outcome',
  options: { server: optionalServerId },
  run: async (request, { server = null }) =>
    serversAnswer(request, await unsuspendServer(request.ctx, { target: request.target, server })),
});
