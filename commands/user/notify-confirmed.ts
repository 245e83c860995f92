import { z } from 'zod';
import { accountCommand } from '../../src/discord/command.ts';
import { notifyAccount } from '../../src/services/accounts/notify.ts';
import { notifyAnswer } from '../answers/outcome.ts';

/** Sends what was previewed. */
export default accountCommand({
  name: 'user notify-confirmed',
  description: 'Send the message that was previewed',
  permission: 'notify.send',
  ability: null,
  scope: 'internal',
  answer: 'private',
  options: {
    text: { type: 'hidden', description: 'What was previewed', label: 'Message', schema: z.string(), required: true },
  },
  run: async (request, { text }) =>
    notifyAnswer(request, await notifyAccount(request.ctx, { target: request.target, text })),
});
