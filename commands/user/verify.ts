import { accountCommand } from '../../src/discord/command.ts';
import { verifyAccount } from '../../src/services/accounts/verify.ts';
import { accountAnswer } from '../answers/outcome.ts';

export default accountCommand({
  name: 'user verify',
  description: 'Mark the e-mail address of an account as verified',
  permission: 'accounts.verify',
  ability: 'verification',
  scope: 'staff',
  answer: 'outcome',
  options: {},
  run: async (request) => accountAnswer(request, await verifyAccount(request.ctx, { target: request.target })),
});
