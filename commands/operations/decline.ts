import { command } from '../../src/discord/command.ts';
import { actorId } from '../../src/domain/actor.ts';
import { declineOperation } from '../../src/services/approvals/decline.ts';
import { readCard } from '../../src/services/operations/card.ts';
import { declinedView } from '../../src/views/card-notice.ts';
import { operation } from '../options/operation.ts';
import { reason } from '../options/reason.ts';

/** *Decline…*: by whoever may approve it, or by who asked and does not want it any more. The card itself changes for everybody. */
export default command({
  name: 'operations decline',
  description: 'Decline what waits for an approval',
  permission: 'accounts.view',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'Decline',
  options: { operation, reason },
  run: async ({ ctx }, { operation: number, reason }) => {
    await declineOperation(ctx, { number, reason });
    return declinedView((await readCard(ctx, number)).record, actorId(ctx.actor));
  },
});
