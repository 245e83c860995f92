import { z } from 'zod';
import { accountCommand } from '../../src/discord/command.ts';
import { changeRole } from '../../src/services/accounts/role.ts';
import { knownRoles } from '../../src/services/accounts/role-names.ts';
import { targetPrefill } from '../answers/form.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { named } from '../options/choices.ts';
import { role } from '../options/role.ts';

const CHANGES = ['add', 'remove', 'set'] as const;

export default accountCommand({
  name: 'user role',
  description: 'Change the roles that an account has in the panel',
  permission: 'accounts.roles',
  ability: 'roles',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Change a role',
  options: {
    change: {
      type: 'choice',
      description: 'What to do with the role',
      label: 'Change',
      choices: [
        { name: 'Add this role', value: 'add' },
        { name: 'Remove this role', value: 'remove' },
        { name: 'Set this role and no other', value: 'set' },
      ],
      schema: z.enum(CHANGES),
      required: true,
    },
    role: { ...role, suggested: true },
  },
  prefill: async (request) => {
    const prefill = await targetPrefill(request);
    const names = request.target === null ? [] : knownRoles(request.ctx, request.target.panel);
    return { ...prefill, values: { change: 'add' }, choices: { role: named(names) } };
  },
  run: async (request, input) =>
    accountAnswer(request, await changeRole(request.ctx, { target: request.target, ...input })),
});
