import { command } from '../../src/discord/command.ts';
import { showOperation } from '../../src/services/operations/show.ts';
import { operationCard } from '../../src/views/operation-card.ts';
import { operation } from '../options/operation.ts';

export default command({
  name: 'operations show',
  description: 'Show an operation: what was done, by whom, why, and what came of it',
  permission: 'audit.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Show an operation',
  options: { operation },
  run: async ({ ctx }, input) => operationCard(await showOperation(ctx, input.operation)),
});
