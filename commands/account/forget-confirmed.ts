import { command } from '../../src/discord/command.ts';
import { forgetOneself } from '../../src/services/audit/forget.ts';
import { forgottenView } from '../../src/views/forget.ts';

/** Forgets, once it was shown what goes. */
export default command({
  name: 'account forget-confirmed',
  description: 'Forget the personal data that was named',
  permission: null,
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: {},
  run: async ({ ctx }) => forgottenView(await forgetOneself(ctx)),
});
