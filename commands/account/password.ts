import { command } from '../../src/discord/command.ts';
import { showOwnPassword } from '../../src/services/secrets/show.ts';
import { passwordView } from '../../src/views/password.ts';
import { optionalHiddenNumber } from '../options/hidden.ts';

export default command({
  name: 'account password',
  description: 'Show the new password that the team set for you, once',
  permission: null,
  ability: null,
  scope: 'member',
  answer: 'private',
  options: { operation: optionalHiddenNumber },
  run: async ({ ctx }, { operation }) => passwordView(await showOwnPassword(ctx, operation ?? null), 'member'),
});
