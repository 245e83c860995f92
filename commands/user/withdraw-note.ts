import { command } from '../../src/discord/command.ts';
import { withdrawNote } from '../../src/services/notes/withdraw.ts';
import { noteWithdrawnView } from '../../src/views/notes.ts';
import { hiddenNumber } from '../options/cursor.ts';

export default command({
  name: 'note withdraw',
  description: 'Withdraw a note',
  permission: 'accounts.notes',
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: { note: hiddenNumber },
  run: async ({ ctx }, { note }) => {
    await withdrawNote(ctx, { id: note });
    return noteWithdrawnView();
  },
});
