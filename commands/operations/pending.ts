import { command } from '../../src/discord/command.ts';
import { openOperations } from '../../src/services/operations/pending.ts';
import { openOperationsView } from '../../src/views/open-operations.ts';
import { pageNumber } from '../options/hidden.ts';

export default command({
  name: 'operations pending',
  description: 'List what has not ended: under way, waiting for approval, or of unknown outcome',
  permission: 'audit.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: { page: pageNumber },
  run: async ({ ctx }, { page }) => openOperationsView(await openOperations(ctx, page)),
});
