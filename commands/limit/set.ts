import { accountCommand } from '../../src/discord/command.ts';
import { setLimit } from '../../src/services/server-limits/set.ts';
import { reasonPrefill } from '../answers/form.ts';
import { limitAnswer } from '../answers/outcome.ts';
import { reason } from '../options/reason.ts';
import { serverLimit } from '../options/servers.ts';

export default accountCommand({
  name: 'limit set',
  description: 'Set how many servers an account may have',
  permission: 'limits.edit',
  ability: 'serverLimit',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Set the server limit',
  options: { count: serverLimit, reason },
  prefill: reasonPrefill('limit.set'),
  run: async (request, input) =>
    limitAnswer(request, await setLimit(request.ctx, { target: request.target, ...input })),
});
