import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { findVoucher } from '../../src/services/vouchers/revoke.ts';
import { revocationView } from '../../src/views/vouchers.ts';
import { chosenPanel } from '../answers/panel.ts';
import { panel } from '../options/panel.ts';

/** Asks before it is done. Its button leads to `voucher revoke-confirmed`, which revokes. */
export default command({
  name: 'voucher revoke',
  description: 'Revoke a voucher, so that nobody can use it any more',
  permission: 'vouchers.manage',
  ability: 'vouchers',
  scope: 'staff',
  answer: 'private',
  formTitle: 'Revoke a voucher',
  options: {
    code: {
      type: 'text',
      description: 'Its code; the list lets you choose one without it',
      label: 'Code',
      schema: z.string().max(200),
      required: true,
      maxLength: 200,
    },
    panel,
  },
  run: async (request, { code }) => {
    const { ctx, place } = request;
    const chosen = chosenPanel(request, 'vouchers', 'vouchers.manage');
    if ('view' in chosen) return chosen.view;
    const voucher = await findVoucher(ctx, { panel: chosen.panel, code });
    const answer = place.staff ? 'public' : 'private';
    return revocationView(chosen.panel, voucher, { now: ctx.clock.now(), answer });
  },
});
