import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { saidLabels } from '../../src/locales/en/settlement.ts';
import { readCard } from '../../src/services/operations/card.ts';
import { SAID_OUTCOMES, settleByHand } from '../../src/services/operations/settle-by-hand.ts';
import { cardView } from '../../src/views/card-notice.ts';
import { openOperation } from '../options/operation.ts';

export default command({
  name: 'operations settle',
  description: 'Say how an operation ended that Steward could not find out by itself',
  permission: 'operations.settle',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Settle an operation',
  options: {
    operation: openOperation,
    outcome: {
      type: 'choice',
      description: 'What you found in the panel',
      label: 'What happened',
      choices: SAID_OUTCOMES.map((value) => ({ name: saidLabels[value], value })),
      schema: z.enum(SAID_OUTCOMES),
      required: true,
    },
  },
  run: async ({ ctx }, { operation: number, outcome }) => {
    await settleByHand(ctx, { number, outcome });
    return cardView(await readCard(ctx, number));
  },
});
