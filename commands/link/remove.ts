import { accountCommand } from '../../src/discord/command.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { removeLink } from '../../src/services/links/remove.ts';
import { linkRemovedView } from '../../src/views/links.ts';

export default accountCommand({
  name: 'link remove',
  description: 'Remove the link between a member and an account',
  permission: 'links.manage',
  ability: null,
  scope: 'staff',
  answer: 'outcome',
  options: {},
  run: async ({ ctx, target }) =>
    linkRemovedView({ ...(await removeLink(ctx, { target })), panelLabel: panelAmongSeveral(ctx, target.panel) }),
});
