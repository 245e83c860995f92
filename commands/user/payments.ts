import { accountCommand } from '../../src/discord/command.ts';
import { listPayments } from '../../src/services/accounts/payments.ts';
import { paymentsView } from '../../src/views/payments.ts';

export default accountCommand({
  name: 'user payments',
  description: 'Show the last payments of an account',
  permission: 'accounts.view',
  ability: 'payments',
  scope: 'staff',
  answer: 'private',
  options: {},
  run: async ({ ctx, target }) => paymentsView(await listPayments(ctx, target)),
});
