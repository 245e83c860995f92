import { command } from '../../src/discord/command.ts';
import { panelStatuses } from '../../src/services/panels/status.ts';
import { panelStatusView } from '../../src/views/panel-status.ts';
import { panel } from '../options/panel.ts';

export default command({
  name: 'panel status',
  description: 'Show how the connected panels are, and what is known of their accounts',
  permission: 'panels.manage',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: { panel },
  run: async ({ ctx }, { panel: panelId }) =>
    panelStatusView(await panelStatuses(ctx, panelId), {
      amongSeveral: panelId !== undefined && ctx.panels.all.length > 1,
    }),
});
