import { accountCommand } from '../../src/discord/command.ts';
import { grantCredits } from '../../src/services/credits/grant.ts';
import { reasonPrefill } from '../answers/form.ts';
import { creditsAnswer } from '../answers/outcome.ts';
import { amount } from '../options/amount.ts';
import { reason } from '../options/reason.ts';

export default accountCommand({
  name: 'credits add',
  description: 'Give credits to an account',
  permission: 'credits.grant',
  ability: 'credits',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Give credits',
  options: { amount, reason },
  prefill: reasonPrefill('credits.grant'),
  run: async (request, input) =>
    creditsAnswer(request, await grantCredits(request.ctx, { target: request.target, ...input })),
});
