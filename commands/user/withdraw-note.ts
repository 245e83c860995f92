import { accountCommand } from '../../src/discord/command.ts';
import { withdrawNote } from '../../src/services/notes/withdraw.ts';
import { hiddenNumber } from '../options/hidden.ts';
import { showNotes } from '../shared/notes.ts';

/** Withdraws a note, and shows the notes as they are then. */
export default accountCommand({
  name: 'note withdraw',
  description: 'Withdraw a note',
  permission: 'accounts.notes',
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: { note: hiddenNumber },
  run: async ({ ctx, target }, { note }) => {
    await withdrawNote(ctx, { id: note });
    return showNotes(ctx, target, 0);
  },
});
