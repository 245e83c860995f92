import { command } from '../../src/discord/command.ts';
import { findVoucher } from '../../src/services/vouchers/revoke.ts';
import { revocationView } from '../../src/views/vouchers.ts';
import { cursor, hiddenText } from '../options/hidden.ts';

/** As `voucher revoke`, of one that was chosen from a page of the list. */
export default command({
  name: 'voucher revoke-listed',
  description: 'Revoke a voucher that was chosen from the list',
  permission: 'vouchers.manage',
  ability: 'vouchers',
  scope: 'internal',
  answer: 'private',
  options: { panel: hiddenText, cursor, voucher: hiddenText },
  run: async ({ ctx, place }, { panel, cursor: page, voucher: id }) => {
    const voucher = await findVoucher(ctx, { panel, id, cursor: page });
    return revocationView(panel, voucher, { now: ctx.clock.now(), answer: place.staff ? 'public' : 'private' });
  },
});
