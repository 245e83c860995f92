import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { chooseToBeTold, ownContact } from '../../src/services/people/own.ts';
import { notificationsView } from '../../src/views/notifications.ts';

export default command({
  name: 'account notifications',
  description: 'Choose whether you are told of what is done to your account',
  permission: null,
  ability: null,
  scope: 'member',
  answer: 'private',
  options: {
    tell: {
      type: 'boolean',
      description: 'Whether you are told by direct message',
      label: 'Tell me',
      schema: z.boolean().optional(),
      required: false,
    },
  },
  run: async ({ ctx }, { tell }) => {
    if (tell !== undefined) await chooseToBeTold(ctx, tell);
    return notificationsView({ ...(await ownContact(ctx)), notices: ctx.settings.current().memberNotices });
  },
});
