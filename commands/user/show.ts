import { accountCommand } from '../../src/discord/command.ts';
import { actorId } from '../../src/domain/actor.ts';
import { viewAccount } from '../../src/services/accounts/card.ts';
import { sharedCard } from '../../src/views/account-card.ts';
import { maskAccount } from '../../src/views/masked-account.ts';

/** A copy of the card for everybody in a staff channel, without what is personal. */
export default accountCommand({
  name: 'user show',
  description: 'Show an account to everybody in this channel',
  permission: 'accounts.view',
  ability: null,
  scope: 'internal',
  answer: 'outcome',
  options: {},
  run: async ({ ctx, target }) => {
    const card = await viewAccount(ctx, target);
    return sharedCard(maskAccount(card.account), card, actorId(ctx.actor));
  },
});
