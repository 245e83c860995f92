import { accountCommand } from '../../src/discord/command.ts';
import { deductCredits } from '../../src/services/credits/deduct.ts';
import { reasonPrefill } from '../answers/form.ts';
import { creditsAnswer } from '../answers/outcome.ts';
import { amount } from '../options/amount.ts';
import { reason } from '../options/reason.ts';

export default accountCommand({
  name: 'credits remove',
  description: 'Take credits from an account',
  permission: 'credits.deduct',
  ability: 'credits',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Take credits',
  options: { amount, reason },
  prefill: reasonPrefill('credits.deduct'),
  run: async (request, input) =>
    creditsAnswer(request, await deductCredits(request.ctx, { target: request.target, ...input })),
});
