import { command } from '../../src/discord/command.ts';
import { listVouchers } from '../../src/services/vouchers/list.ts';
import { vouchersView } from '../../src/views/vouchers.ts';
import { chosenPanel } from '../answers/panel.ts';
import { cursor } from '../options/hidden.ts';
import { panel } from '../options/panel.ts';

export default command({
  name: 'voucher list',
  description: 'List the vouchers of a panel',
  permission: 'vouchers.manage',
  ability: 'vouchers',
  scope: 'staff',
  answer: 'private',
  options: { panel, cursor },
  run: async (request, { cursor: page }) => {
    const { ctx } = request;
    const chosen = chosenPanel(request, 'vouchers', 'vouchers.manage');
    if ('view' in chosen) return chosen.view;
    const list = await listVouchers(ctx, { panel: chosen.panel, cursor: page });
    return vouchersView(list, { revealed: false, now: ctx.clock.now() });
  },
});
