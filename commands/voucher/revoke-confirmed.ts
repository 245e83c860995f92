import { command } from '../../src/discord/command.ts';
import { revokeVoucher } from '../../src/services/vouchers/revoke.ts';
import { revocationAnswer } from '../answers/outcome.ts';
import { hiddenText } from '../options/hidden.ts';

/** Revokes, once that was confirmed. */
export default command({
  name: 'voucher revoke-confirmed',
  description: 'Revoke the voucher that was shown',
  permission: 'vouchers.manage',
  ability: 'vouchers',
  scope: 'internal',
  answer: 'outcome',
  options: { panel: hiddenText, voucher: hiddenText, code: hiddenText },
  run: async (request, { panel, voucher: id, code }) =>
    revocationAnswer(request, await revokeVoucher(request.ctx, { panel, voucher: { id, code } })),
});
