import { accountCommand } from '../../src/discord/command.ts';
import { showMadePassword } from '../../src/services/secrets/show.ts';
import { passwordView } from '../../src/views/password.ts';
import { hiddenNumber } from '../options/hidden.ts';

/** Shows the password that they made, to whoever made it for an account of nobody. */
export default accountCommand({
  name: 'user show-password',
  description: 'Show a new password once',
  permission: 'accounts.password',
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: { operation: hiddenNumber },
  run: async ({ ctx, target }, { operation }) => passwordView(await showMadePassword(ctx, target, operation), 'staff'),
});
