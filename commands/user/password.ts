import { accountCommand } from '../../src/discord/command.ts';
import { setPassword } from '../../src/services/accounts/password.ts';
import { reasonPrefill } from '../answers/form.ts';
import { passwordAnswer } from '../answers/outcome.ts';
import { reason } from '../options/reason.ts';

/** The password itself is in no answer of this command: its reader presses a button for it, once. */
export default accountCommand({
  name: 'user password',
  description: 'Set a new password, which only the linked member sees',
  permission: 'accounts.password',
  ability: 'password',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Set a new password',
  options: { reason },
  prefill: reasonPrefill('account.password'),
  run: async (request, { reason }) =>
    passwordAnswer(request, await setPassword(request.ctx, { target: request.target, reason })),
});
