import { accountCommand } from '../../src/discord/command.ts';
import { setCredits } from '../../src/services/credits/set.ts';
import { reasonPrefill } from '../answers/form.ts';
import { creditsAnswer } from '../answers/outcome.ts';
import { amount } from '../options/amount.ts';
import { reason } from '../options/reason.ts';

export default accountCommand({
  name: 'credits set',
  description: 'Set the balance of an account',
  permission: 'credits.set',
  ability: 'credits',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Set the balance',
  options: { amount, reason },
  prefill: reasonPrefill('credits.set'),
  run: async (request, input) =>
    creditsAnswer(request, await setCredits(request.ctx, { target: request.target, ...input })),
});
