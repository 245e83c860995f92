import { accountCommand } from '../../src/discord/command.ts';
import { viewAccount } from '../../src/services/accounts/card.ts';
import { accountCard } from '../../src/views/account-card.ts';

export default accountCommand({
  name: 'user view',
  description: 'Show an account and what you may do with it',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: {},
  run: async ({ ctx, target, place }) => accountCard(await viewAccount(ctx, target), { staff: place.staff }),
});
