import { accountCommand } from '../../src/discord/command.ts';
import { unsuspendAccount } from '../../src/services/accounts/unsuspend.ts';
import { reasonPrefill } from '../answers/form.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { optionalReason } from '../options/reason.ts';

export default accountCommand({
  name: 'user unsuspend',
  description: 'Lift the suspension of an account',
  permission: 'accounts.suspend',
  ability: 'suspension',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Lift a suspension',
  options: { reason: optionalReason },
  prefill: reasonPrefill('account.unsuspend'),
  run: async (request, { reason }) =>
    accountAnswer(request, await unsuspendAccount(request.ctx, { target: request.target, reason: reason ?? null })),
});
