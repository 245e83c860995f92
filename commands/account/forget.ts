import { command } from '../../src/discord/command.ts';
import { forgetView } from '../../src/views/forget.ts';

/** Says what would be forgotten. Its button leads to `account forget-confirmed`, which forgets. */
export default command({
  name: 'account forget',
  description: 'Forget your personal data, after showing what goes and what stays',
  permission: null,
  ability: null,
  scope: 'member',
  answer: 'private',
  options: {},
  run: async () => forgetView(),
});
