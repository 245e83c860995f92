import { z } from 'zod';
import { accountCommand } from '../../src/discord/command.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { setLink } from '../../src/services/links/set.ts';
import { linkedView } from '../../src/views/links.ts';
import { targetPrefill } from '../answers/form.ts';

export default accountCommand({
  name: 'link set',
  description: 'Link a member to an account',
  permission: 'links.manage',
  ability: null,
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Link a member to an account',
  options: {
    member: {
      type: 'user',
      description: 'The member to link',
      label: 'Member',
      schema: z.string(),
      required: true,
    },
  },
  prefill: targetPrefill,
  run: async ({ ctx, target }, { member }) =>
    linkedView({
      ...(await setLink(ctx, { target, memberId: member })),
      panelLabel: panelAmongSeveral(ctx, target.panel),
    }),
});
