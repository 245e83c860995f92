import { command } from '../../src/discord/command.ts';
import { revealVouchers } from '../../src/services/vouchers/list.ts';
import { vouchersView } from '../../src/views/vouchers.ts';
import { cursor, hiddenText } from '../options/hidden.ts';

/** A page of vouchers with their codes; that they were looked at is audited. */
export default command({
  name: 'voucher reveal',
  description: 'Show the codes of vouchers',
  permission: 'vouchers.manage',
  ability: 'vouchers',
  scope: 'internal',
  answer: 'private',
  options: { panel: hiddenText, cursor },
  run: async ({ ctx }, input) =>
    vouchersView(await revealVouchers(ctx, input), { revealed: true, now: ctx.clock.now() }),
});
