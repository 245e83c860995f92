import { command } from '../../src/discord/command.ts';
import { ownCreditHistory, viewOwnCredits } from '../../src/services/credits/view.ts';
import { creditsView, ledgerView } from '../../src/views/ledger.ts';
import { cursor } from '../options/hidden.ts';
import { ownOptions, withOwnAccount } from './own.ts';

/** The balance with its last movements; with a page, the whole ledger. */
export default command({
  name: 'account credits',
  description: 'Show your balance and what moved it, to you alone',
  permission: null,
  ability: 'credits',
  scope: 'member',
  answer: 'private',
  options: { ...ownOptions, cursor },
  run: async (request, input) =>
    withOwnAccount(
      request,
      input.account,
      async (own) =>
        input.cursor === undefined
          ? creditsView(await viewOwnCredits(request.ctx, own), 'account credits')
          : ledgerView(await ownCreditHistory(request.ctx, own, input), 'account credits'),
      'credits',
    ),
});
