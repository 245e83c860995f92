import { command } from '../../src/discord/command.ts';
import { undoOperation } from '../../src/services/operations/undo.ts';
import { undoAnswer } from '../answers/outcome.ts';
import { ownOperation } from '../options/operation.ts';

/** One's own deed needs the right to it, another's the right to its opposite: the service says which. */
export default command({
  name: 'undo',
  description: 'Take back what was done a moment ago',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Take back',
  options: { operation: ownOperation },
  run: async (request, { operation }) => undoAnswer(request, await undoOperation(request.ctx, operation)),
});
