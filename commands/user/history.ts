import { accountCommand } from '../../src/discord/command.ts';
import { accountHistory } from '../../src/services/accounts/history.ts';
import { historyView } from '../../src/views/history.ts';
import { cursor } from '../options/hidden.ts';

export default accountCommand({
  name: 'user history',
  description: 'Show what was done to an account, by whom and why',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: { cursor },
  run: async ({ ctx, target }, input) => historyView(await accountHistory(ctx, target, input), 'user history'),
});
