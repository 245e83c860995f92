import { command } from '../../src/discord/command.ts';
import { approveOperation } from '../../src/services/approvals/approve.ts';
import { readCard } from '../../src/services/operations/card.ts';
import { cardView } from '../../src/views/card-notice.ts';
import { operation } from '../options/operation.ts';

/** *Approve*: whether this person may is the service's to say, since it takes the rights to the deed itself. */
export default command({
  name: 'operations approve',
  description: 'Approve what waits for it',
  permission: 'accounts.view',
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: { operation },
  run: async ({ ctx }, input) => {
    await approveOperation(ctx, input.operation);
    return cardView(await readCard(ctx, input.operation));
  },
});
