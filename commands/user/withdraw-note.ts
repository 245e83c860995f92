import { accountCommand } from '../../src/discord/command.ts';
import { withdrawNote } from '../../src/services/notes/withdraw.ts';
import { showNotes } from '../answers/notes.ts';
import { hiddenNumber } from '../options/hidden.ts';

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
