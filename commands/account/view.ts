import { command } from '../../src/discord/command.ts';
import { viewOwnAccount } from '../../src/services/accounts/own.ts';
import { ownCard } from '../../src/views/account-card.ts';
import { ownOptions, withOwnAccount } from './own.ts';

export default command({
  name: 'account view',
  description: 'Show your own account, to you alone',
  permission: null,
  ability: null,
  scope: 'member',
  answer: 'private',
  options: { ...ownOptions },
  run: async (request, { account }) =>
    withOwnAccount(request, account, async (own) => ownCard(await viewOwnAccount(request.ctx, own))),
});
