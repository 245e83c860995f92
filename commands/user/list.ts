import { z } from 'zod';
import { command, type Option } from '../../src/discord/command.ts';
import { listAccounts } from '../../src/services/directory/list.ts';
import { withPanelLabels } from '../../src/services/directory/scope.ts';
import { listView } from '../../src/views/list.ts';
import { cursor } from '../options/hidden.ts';
import { panel } from '../options/panel.ts';
import { optionalRole } from '../options/role.ts';

const flag = { type: 'boolean', schema: z.boolean().optional(), required: false } as const satisfies Partial<Option>;

export default command({
  name: 'user list',
  description: 'List accounts, and find them by name',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: {
    query: {
      type: 'text',
      description: 'A part of a username or name, an id, or a whole e-mail address',
      label: 'Search',
      schema: z.string().max(200).optional(),
      required: false,
      maxLength: 200,
    },
    status: {
      type: 'choice',
      description: 'Only accounts of this status',
      label: 'Status',
      choices: [
        { name: 'Active', value: 'active' },
        { name: 'Suspended', value: 'suspended' },
        { name: 'Deleted', value: 'deleted' },
      ],
      schema: z.enum(['active', 'suspended', 'deleted']).optional(),
      required: false,
    },
    role: { ...optionalRole, description: 'Only accounts with this role of the panel' },
    verified: { ...flag, description: 'Only accounts whose e-mail address is, or is not, verified', label: 'Verified' },
    linked: { ...flag, description: 'Only accounts that are, or are not, linked to a member', label: 'Linked' },
    sort: {
      type: 'choice',
      description: 'In which order; by name, if you say nothing',
      label: 'Order',
      choices: [
        { name: 'By name', value: 'name' },
        { name: 'Newest first', value: 'newest' },
        { name: 'Largest balance first', value: 'balance' },
      ],
      schema: z.enum(['name', 'newest', 'balance']).optional(),
      required: false,
    },
    panel,
    cursor,
  },
  run: async ({ ctx, given }, input) => {
    const { cursor: _, ...options } = given;
    const page = await listAccounts(ctx, input);
    return listView({ ...page, rows: withPanelLabels(ctx, page.rows) }, options);
  },
});
