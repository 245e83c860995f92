import { accountCommand } from '../../src/discord/command.ts';
import { viewCredits } from '../../src/services/credits/view.ts';
import { creditsView } from '../../src/views/ledger.ts';

export default accountCommand({
  name: 'credits view',
  description: 'Show the balance of an account and what moved it lately',
  permission: 'credits.view',
  ability: 'credits',
  scope: 'staff',
  answer: 'private',
  options: {},
  run: async ({ ctx, target }) => creditsView(await viewCredits(ctx, target), 'credits history'),
});
