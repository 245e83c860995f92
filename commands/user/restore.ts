import { accountCommand } from '../../src/discord/command.ts';
import { restoreAccount } from '../../src/services/accounts/restore.ts';
import { accountAnswer } from '../answers/outcome.ts';

export default accountCommand({
  name: 'user restore',
  description: 'Restore a deleted account, or call off its deletion',
  permission: 'accounts.restore',
  ability: 'deletion',
  scope: 'staff',
  answer: 'outcome',
  options: {},
  run: async (request) => accountAnswer(request, await restoreAccount(request.ctx, { target: request.target })),
});
