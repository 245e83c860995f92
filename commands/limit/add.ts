import { accountCommand } from '../../src/discord/command.ts';
import { addLimit } from '../../src/services/server-limits/add.ts';
import { reasonPrefill } from '../answers/form.ts';
import { limitAnswer } from '../answers/outcome.ts';
import { reason } from '../options/reason.ts';
import { serverCount } from '../options/servers.ts';

export default accountCommand({
  name: 'limit add',
  description: 'Raise how many servers an account may have',
  permission: 'limits.edit',
  ability: 'serverLimit',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Raise the server limit',
  options: { count: serverCount, reason },
  prefill: reasonPrefill('limit.add'),
  run: async (request, input) =>
    limitAnswer(request, await addLimit(request.ctx, { target: request.target, ...input })),
});
