import { accountCommand } from '../../src/discord/command.ts';
import { removeLimit } from '../../src/services/server-limits/remove.ts';
import { reasonPrefill } from '../answers/form.ts';
import { limitAnswer } from '../answers/outcome.ts';
import { reason } from '../options/reason.ts';
import { serverCount } from '../options/servers.ts';

export default accountCommand({
  name: 'limit remove',
  description: 'Lower how many servers an account may have',
  permission: 'limits.edit',
  ability: 'serverLimit',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Lower the server limit',
  options: { count: serverCount, reason },
  prefill: reasonPrefill('limit.remove'),
  run: async (request, input) =>
    limitAnswer(request, await removeLimit(request.ctx, { target: request.target, ...input })),
});
