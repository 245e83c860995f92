import { z } from 'zod';
import { accountCommand } from '../../src/discord/command.ts';
import { MESSAGE_LENGTH, previewNotification } from '../../src/services/accounts/notify.ts';
import { notificationPreview } from '../../src/views/notification.ts';
import { targetPrefill } from '../answers/form.ts';

/** Shows what would be sent and by which way. Its button leads to `user notify-confirmed`, which sends. */
export default accountCommand({
  name: 'user notify',
  description: 'Write to the person behind an account, after showing what will be sent',
  permission: 'notify.send',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Write to the member',
  options: {
    text: {
      type: 'text',
      description: 'What to tell them',
      label: 'Message',
      schema: z.string().max(MESSAGE_LENGTH),
      required: true,
      paragraph: true,
      maxLength: MESSAGE_LENGTH,
    },
  },
  prefill: targetPrefill,
  run: async ({ ctx, target }, { text }) => notificationPreview(await previewNotification(ctx, { target, text })),
});
