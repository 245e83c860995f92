import { accountCommand } from '../../src/discord/command.ts';
import { suspendServer } from '../../src/services/servers/suspend.ts';
import { reasonPrefill } from '../answers/form.ts';
import { serversAnswer } from '../answers/outcome.ts';
import { reason } from '../options/reason.ts';
import { serverId } from '../options/server.ts';

export default accountCommand({
  name: 'user suspend-server',
  description: 'Suspend one server of an account',
  permission: 'servers.suspend',
  ability: 'servers',
  scope: 'internal',
  answer: 'outcome',
  formTitle: 'Suspend a server',
  options: { server: serverId, reason },
  prefill: reasonPrefill('server.suspend'),
  run: async (request, input) =>
    serversAnswer(request, await suspendServer(request.ctx, { target: request.target, ...input })),
});
