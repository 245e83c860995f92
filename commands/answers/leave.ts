import { command } from '../../src/discord/command.ts';
import { consumePress } from '../../src/services/components/press.ts';
import { leftView } from '../../src/views/outcome.ts';

/** *Leave it*: ends a question, so that its other button does nothing any more. */
export default command({
  name: 'leave',
  description: 'Leave it as it is',
  permission: null,
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: {},
  run: async ({ ctx }) => {
    await consumePress(ctx);
    return leftView();
  },
});
