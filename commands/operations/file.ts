import { command } from '../../src/discord/command.ts';
import { readAmendmentFile } from '../../src/services/operations/amendment-file.ts';
import { fileView } from '../../src/views/operation-card.ts';
import { hiddenNumber } from '../options/hidden.ts';

/** A file that was added to an operation, for one reader. */
export default command({
  name: 'operations file',
  description: 'Show a file that was added to an operation',
  permission: 'audit.view',
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: { amendment: hiddenNumber },
  run: async ({ ctx }, { amendment }) => fileView(await readAmendmentFile(ctx, amendment)),
});
