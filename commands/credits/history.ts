import { accountCommand } from '../../src/discord/command.ts';
import { creditHistory } from '../../src/services/credits/view.ts';
import { ledgerView } from '../../src/views/ledger.ts';
import { cursor } from '../options/hidden.ts';

export default accountCommand({
  name: 'credits history',
  description: 'Show every movement of an account’s credits',
  permission: 'credits.view',
  ability: 'credits',
  scope: 'staff',
  answer: 'private',
  options: { cursor },
  run: async ({ ctx, target }, input) => ledgerView(await creditHistory(ctx, target, input), 'credits history'),
});
