import { accountCommand } from '../../src/discord/command.ts';
import { suspendAccount } from '../../src/services/accounts/suspend.ts';
import { reasonPrefill } from '../answers/form.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { reason } from '../options/reason.ts';

export default accountCommand({
  name: 'user suspend',
  description: 'Suspend an account',
  permission: 'accounts.suspend',
  ability: 'suspension',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Suspend an account',
  options: { reason },
  prefill: reasonPrefill('account.suspend'),
  run: async (request, input) =>
    accountAnswer(request, 'account.suspend', await suspendAccount(request.ctx, { target: request.target, ...input })),
});
