import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
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
    const explanation = await explain(ctx, { memberId: input.member, permission: input.permission, target });
    return explanationView(explanation, explanation.account);
  },
});
