import { accountCommand } from '../../src/discord/command.ts';
import { previewDeletion } from '../../src/services/accounts/delete.ts';
import { deletionView } from '../../src/views/deletion.ts';
import { reasonPrefill } from '../answers/form.ts';
import { reason } from '../options/reason.ts';

/** Shows what goes with the account. Its button leads to `user delete-confirmed`, which deletes. */
export default accountCommand({
  name: 'user delete',
  description: 'Delete an account, after showing what goes with it',
  permission: 'accounts.delete',
  ability: 'deletion',
  scope: 'staff',
  answer: 'private',
  formTitle: 'Delete an account',
  options: { reason },
  prefill: reasonPrefill('account.delete'),
  run: async ({ ctx, target }, input) => deletionView(await previewDeletion(ctx, target), input.reason),
});
