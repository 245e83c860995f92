import { accountCommand } from '../../src/discord/command.ts';
import { suspendAccount } from '../../src/services/accounts/suspend.ts';
import { reasonPrefill } from '../answers/form.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { duration } from '../options/duration.ts';
import { reason } from '../options/reason.ts';

export default accountCommand({
  name: 'user suspend',
  description: 'Suspend an account',
  permission: 'accounts.suspend',
  ability: 'suspension',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Suspend an account',
  options: { reason, duration: duration('How long, such as 30m, 7d or 2w; without, until it is lifted') },
  prefill: reasonPrefill('account.suspend'),
  run: async (request, { reason, duration: durationMs }) =>
    accountAnswer(
      request,
      await suspendAccount(request.ctx, { target: request.target, reason, durationMs: durationMs ?? null }),
    ),
});
