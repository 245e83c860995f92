import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { findLink } from '../../src/services/links/find.ts';
import { linksView } from '../../src/views/links.ts';

export default command({
  name: 'link find',
  description: 'Find who is linked to what, and how that was proven',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  target: 'optional',
  options: {
    member: {
      type: 'user',
      description: 'Whose accounts',
      label: 'Member',
      schema: z.string().optional(),
      required: false,
    },
  },
  run: async ({ ctx, target }, { member }) => {
    if (member === undefined && target === null) throw refuse('target.missing', {});
    const wanted = { ...(member === undefined ? {} : { member }), ...(target === null ? {} : { account: target }) };
    const { rows } = await findLink(ctx, wanted);
    return linksView(rows.map((row) => ({ ...row, panelLabel: panelAmongSeveral(ctx, row.target.panel) })));
  },
});
