import { z } from 'zod';
import { accountCommand } from '../../src/discord/command.ts';
import { addNote } from '../../src/services/notes/add.ts';
import { targetPrefill } from '../answers/form.ts';
import { showNotes } from '../answers/notes.ts';
import { pageNumber } from '../options/hidden.ts';

/** Notes the text, if there is one, and shows all notes. */
export default accountCommand({
  name: 'user note',
  description: 'Note something on an account; without a text, show the notes',
  permission: 'accounts.notes',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Add a note',
  options: {
    text: {
      type: 'text',
      description: 'What to note, for the team only',
      label: 'Note',
      schema: z.string().trim().max(1_000).optional(),
      required: false,
      offered: true,
      paragraph: true,
      maxLength: 1_000,
    },
    page: pageNumber,
  },
  prefill: targetPrefill,
  run: async ({ ctx, target }, { text, page }) => {
    if (text !== undefined && text !== '') await addNote(ctx, { target, text });
    return showNotes(ctx, target, page);
  },
});
