import { accountCommand } from '../../src/discord/command.ts';
import { suspendAccount } from '../../src/services/accounts/suspend.ts';
import { reason } from '../options/reason.ts';
import { reasonPrefill } from '../shared/form.ts';
import { accountAnswer } from '../shared/outcome.ts';

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
