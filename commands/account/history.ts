import { command } from '../../src/discord/command.ts';
import { ownHistory } from '../../src/services/accounts/history.ts';
import { historyView } from '../../src/views/history.ts';
import { cursor } from '../options/hidden.ts';
import { ownOptions, withOwnAccount } from './own.ts';

export default command({
  name: 'account history',
  description: 'Show what was done to your account, to you alone',
  permission: null,
  ability: null,
  scope: 'member',
  answer: 'private',
  options: { ...ownOptions, cursor },
  run: async (request, input) =>
    withOwnAccount(request, input.account, async (own) =>
      historyView(await ownHistory(request.ctx, own, input), 'account history'),
    ),
});
