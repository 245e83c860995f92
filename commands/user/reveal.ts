import { accountCommand } from '../../src/discord/command.ts';
import { revealAccount } from '../../src/services/accounts/card.ts';
import { accountCard } from '../../src/views/account-card.ts';

/** The card with the whole e-mail address; that it was looked at is audited. */
export default accountCommand({
  name: 'user reveal',
  description: 'Show an account with its whole e-mail address',
  permission: 'accounts.reveal',
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: {},
  run: async ({ ctx, target, place }) =>
    accountCard(await revealAccount(ctx, target), { staff: place.staff, revealed: true }),
});
