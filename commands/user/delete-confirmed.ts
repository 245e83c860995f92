import { z } from 'zod';
import { accountCommand } from '../../src/discord/command.ts';
import { deleteAccount } from '../../src/services/accounts/delete.ts';
import { targetPrefill } from '../answers/form.ts';
import { accountAnswer } from '../answers/outcome.ts';

/** Deletes, once the username was typed in the form. */
export default accountCommand({
  name: 'user delete-confirmed',
  description: 'Delete the account that was previewed',
  permission: 'accounts.delete',
  ability: 'deletion',
  scope: 'internal',
  answer: 'outcome',
  formTitle: 'Delete this account',
  options: {
    reason: {
      type: 'hidden',
      description: 'Why, as it was given before the preview',
      label: 'Reason',
      schema: z.string(),
      required: true,
    },
    username: {
      type: 'text',
      description: 'The username, typed once more',
      label: 'Type the username to delete the account',
      schema: z.string(),
      required: true,
      maxLength: 100,
    },
  },
  prefill: targetPrefill,
  run: async (request, { reason, username }) =>
    accountAnswer(
      request,
      await deleteAccount(request.ctx, { target: request.target, reason, typedUsername: username }),
    ),
});
