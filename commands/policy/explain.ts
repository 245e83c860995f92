import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { directoryRow } from '../../src/services/directory/find.ts';
import { explain } from '../../src/services/policy/explain.ts';
import { explanationView } from '../../src/views/policy.ts';
import { permission } from '../options/permission.ts';

export default command({
  name: 'policy explain',
  description: 'Explain why someone may or may not do something',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Why may someone do something?',
  target: 'optional',
  options: {
    member: { type: 'user', description: 'Who', label: 'Member', schema: z.string(), required: true },
    permission,
  },
  run: async ({ ctx, target }, input) => {
    const memberRoleIds = (await ctx.members.rolesOf(input.member)) ?? [];
    const asked = { memberId: input.member, memberRoleIds, permission: input.permission, target };
    const explanation = await explain(ctx, asked);
    return explanationView(explanation, target === null ? null : await directoryRow(ctx, target));
  },
});
