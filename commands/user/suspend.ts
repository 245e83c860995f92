import { accountCommand, type Prefill, type Request } from '../../src/discord/command.ts';
import { suspendAccount } from '../../src/services/accounts/suspend.ts';
import { reasonPrefill } from '../answers/form.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { duration } from '../options/duration.ts';
import { reason } from '../options/reason.ts';

const withReason = reasonPrefill('account.suspend');

export default accountCommand({
  name: 'user suspend',
  description: 'Suspend an account',
  permission: 'accounts.suspend',
  ability: 'suspension',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Suspend an account',
  options: { reason, duration: duration('How long, such as 30m, 7d or 2w; without, until it is lifted') },
  prefill,
  run: async (request, { reason, duration: durationMs }) =>
    accountAnswer(
      request,
      await suspendAccount(request.ctx, { target: request.target, reason, durationMs: durationMs ?? null }),
    ),
});

/** A duration is asked for only where a suspension can end by itself. */
async function prefill(request: Request): Promise<Prefill> {
  const { ctx, given, target } = request;
  const filled = await withReason(request);
  const ends = !target || ctx.panels.get(target.panel).suspension?.traits.reversible !== false;
  return ends || given.duration !== undefined ? filled : { ...filled, fields: ['reason'] };
}
